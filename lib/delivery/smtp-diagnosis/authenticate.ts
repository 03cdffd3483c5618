import { createHmac } from "node:crypto";
import type { Conversation } from "@/lib/delivery/smtp-diagnosis/conversation";
import type { Reply } from "@/lib/delivery/smtp-diagnosis/reply";
import { base64, bearerToken, type Credentials, plainToken } from "@/lib/delivery/smtp-secrets";

// What the sending side would choose, in its order.
const FOR_PASSWORDS = ["PLAIN", "LOGIN", "CRAM-MD5"] as const;
const CONTINUE = 334;
const LONGEST_CHALLENGE = 2048;

export type Mechanism = (typeof FOR_PASSWORDS)[number] | "XOAUTH2";

/** The mechanisms that a server offers. Old ones write "AUTH=LOGIN". */
export function offeredMechanisms(capabilities: readonly string[]): string[] {
  const offered = capabilities.flatMap(
    (line) =>
      /^AUTH[ =](.+)$/i
        .exec(line.trim())?.[1]
        ?.toUpperCase()
        .split(/[\s=]+/) ?? [],
  );
  return [...new Set(offered.filter((name) => /^[A-Z0-9_-]{1,20}$/.test(name)))];
}

export function chooseMechanism(kind: "password" | "oauth2", offered: readonly string[]): Mechanism | undefined {
  const usable: readonly Mechanism[] = kind === "oauth2" ? ["XOAUTH2"] : FOR_PASSWORDS;
  return usable.find((name) => offered.includes(name));
}

/** Signs in; the last reply tells how it went. Speaks over TLS alone. */
export async function signIn(talk: Conversation, mechanism: Mechanism, { username, secret }: Credentials): Promise<Reply> {
  switch (mechanism) {
    case "PLAIN":
      return talk.askInPrivate(`AUTH PLAIN ${plainToken(username, secret)}`);
    case "LOGIN": {
      const asked = await talk.askInPrivate("AUTH LOGIN");
      if (asked.code !== CONTINUE) return asked;
      const again = await talk.askInPrivate(base64(username));
      return again.code === CONTINUE ? talk.askInPrivate(base64(secret)) : again;
    }
    case "CRAM-MD5": {
      const asked = await talk.askInPrivate("AUTH CRAM-MD5");
      if (asked.code !== CONTINUE) return asked;
      const challenge = Buffer.from((asked.lines[0] ?? "").slice(0, LONGEST_CHALLENGE), "base64");
      const digest = createHmac("md5", secret).update(challenge).digest("hex");
      return talk.askInPrivate(base64(`${username} ${digest}`));
    }
    case "XOAUTH2": {
      const answer = await talk.askInPrivate(`AUTH XOAUTH2 ${bearerToken(username, secret)}`);
      // A refusal comes as a challenge first; an empty answer brings the real one.
      return answer.code === CONTINUE ? talk.askInPrivate("") : answer;
    }
  }
}
