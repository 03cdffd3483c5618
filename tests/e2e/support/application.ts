import { createPrivateKey, sign } from "node:crypto";
import type { Page } from "@playwright/test";
import { addKey, addSigningKey } from "./keys";
import { ORIGIN } from "./surroundings";

/** What an institution's application needs to register its users' browsers: made as the console's pages do. */
export interface Application {
  publicKey: string;
  /** A push sender. */
  channelId: string;
  /** About one of its users. */
  userToken: (subject: string) => string;
}

export async function addApplication(page: Page, name: string): Promise<Application> {
  const publicKey = await addKey(page, name, ["Subscriptions: Read and write"], "Anybody: a public key");
  await addSigningKey(page, name);
  const pem = await page.getByRole("textbox", { name: "The private half" }).inputValue();
  const sender = { name, subject: "mailto:ana@harbour.example" };
  const made = await page.request.post(`${ORIGIN}/api/v1/senders/push`, { headers: { origin: ORIGIN }, data: sender });
  const { id: channelId } = (await made.json()) as { id: string };
  return { publicKey, channelId, userToken: (subject) => userToken(pem, subject) };
}

function userToken(pem: string, subject: string): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const body = `${part({ alg: "RS256", typ: "JWT" })}.${part({ sub: subject, iat: now, exp: now + 900 })}`;
  return `${body}.${sign("sha256", Buffer.from(body), createPrivateKey(pem)).toString("base64url")}`;
}
