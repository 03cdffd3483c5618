import { expect } from "@playwright/test";

interface Line {
  id: string;
  kind: "mail" | "text";
  to: string | string[];
}

interface Mail {
  id: string;
  subject: string;
  text: string;
  html: string;
}

interface Text {
  id: string;
  to: string;
  text: string;
}

async function ask<T>(path: string): Promise<T> {
  const headers = { authorization: `Bearer ${process.env.E2E_CATCHER_TOKEN}` };
  const answer = await fetch(`${process.env.E2E_CATCHER_URL}${path}`, { headers });
  if (!answer.ok) throw new Error(`the catcher answered ${answer.status} to ${path}`);
  return (await answer.json()) as T;
}

/** The newest message to an address, once `count` of them have arrived. */
async function last<T>(kind: Line["kind"], to: string, count: number): Promise<T> {
  let caught: Line[] = [];
  const message = `${count} of kind ${kind} to ${to}`;
  const arrived = async () => {
    const { messages } = await ask<{ messages: Line[] }>(`/messages?kind=${kind}&limit=100`);
    caught = messages.filter((line) => [line.to].flat().includes(to));
    return caught.length;
  };
  await expect.poll(arrived, { message, timeout: 15_000, intervals: [50, 100, 200] }).toBeGreaterThanOrEqual(count);
  return ask<T>(`/messages/${caught[0]?.id}`);
}

export const lastMail = (to: string, count = 1) => last<Mail>("mail", to, count);
export const lastText = (to: string, count = 1) => last<Text>("text", to, count);

export function codeIn({ text }: { text: string }): string {
  return /(?<![\d+])\d{6}(?!\d)/.exec(text)?.[0] ?? "";
}

export function linkIn({ text }: { text: string }): string {
  return /https?:\/\/\S+\/(?:verify|invitation|reset-password)\/[\w-]+/.exec(text)?.[0] ?? "";
}
