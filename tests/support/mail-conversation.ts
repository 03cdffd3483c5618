import { afterEach } from "vitest";
import { createMailTransport, type MailTransport, type MailTransportSettings, type OutgoingMail } from "@/lib/delivery/mail";
import { type ScriptedSmtp, type ScriptedSmtpOptions, startScriptedSmtp } from "@/tests/support/scripted-smtp";

const running: Array<() => unknown> = [];

afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

/** Runs at the end of the test, before servers and transports that were started earlier are stopped. */
export function atEnd(stop: () => unknown): void {
  running.unshift(stop);
}

export async function server(options: ScriptedSmtpOptions = {}): Promise<ScriptedSmtp> {
  const started = await startScriptedSmtp(options);
  running.push(started.stop);
  return started;
}

export function transport(port: number, settings: Partial<MailTransportSettings> = {}): MailTransport {
  const made = createMailTransport({
    url: `smtp://127.0.0.1:${port}`,
    connectionTimeoutMs: 2000,
    readTimeoutMs: 1000,
    ...settings,
  });
  running.push(() => made.close());
  return made;
}

export function mail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    from: { name: "Réachable, Inc", address: "noreply@sender.example" },
    to: "ann@example.com",
    subject: "確認",
    html: "<p>Bonjour</p>",
    text: "Bonjour",
    messageId: "<id-1@sender.example>",
    language: "ja",
    ...changes,
  };
}
