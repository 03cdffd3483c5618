import { expect } from "@playwright/test";
import { issueCertificate, makeAuthority } from "@/tests/support/certificate";
import { type ScriptedSmtp, type ScriptedSmtpOptions, startScriptedSmtp } from "@/tests/support/scripted-smtp";
import { smtpPort } from "./surroundings";

export const ACCOUNT = { user: "post@harbour.example", password: "s3cret" };

export interface PostOffice extends ScriptedSmtp {
  /** The certificate of the authority that nobody but this test trusts. */
  ca: string;
}

/** A mail server with one account, STARTTLS and an authority of its own, at the port that senders may reach. */
export async function openPostOffice(more: Pick<ScriptedSmtpOptions, "script" | "takeOver"> = {}): Promise<PostOffice> {
  const authority = makeAuthority("Harbour authority");
  const signedIn = Buffer.from(`\0${ACCOUNT.user}\0${ACCOUNT.password}`).toString("base64");
  const server = await startScriptedSmtp({
    port: smtpPort(),
    certificate: issueCertificate({ hosts: ["localhost"], authority, validDays: { from: -1, to: 90 } }),
    extensions: ["STARTTLS", "8BITMIME"],
    securedExtensions: ["AUTH PLAIN", "8BITMIME"],
    script: (command) => (command.startsWith("AUTH ") && !command.endsWith(` ${signedIn}`) ? "535 5.7.8 Bad credentials" : undefined),
    ...more,
  });
  return Object.assign(server, { ca: authority.cert });
}

/** The plain text of the newest mail to an address that came through that server. */
export async function deliveredTo(office: PostOffice, address: string): Promise<string> {
  const isToThem = (mail: string) => new RegExp(`^To: ${address}\r$`, "m").test(mail);
  await expect.poll(() => office.messages.filter(isToThem).length, { timeout: 15_000 }).toBeGreaterThan(0);
  const mail = office.messages.findLast(isToThem) ?? "";
  const [, text = ""] = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(mail) ?? [];
  return text.replaceAll("=\r\n", "").replaceAll("=3D", "=");
}
