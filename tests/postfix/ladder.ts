import type { DiagnosisResult, Fix, Problem } from "@/lib/channels/diagnosis";
import type { CheckOptions } from "@/lib/channels/providers/define";
import { smtp } from "@/lib/channels/providers/smtp";
import { smtpConfig } from "@/lib/channels/providers/smtp-config";
import { env } from "@/lib/env";
import { arrivedMail, postfix, rightSettings, settledLog } from "./postfix.ts";
import { check, expectEqual } from "./report.ts";

interface Wrong {
  title: string;
  change: Record<string, unknown>;
  from?: string;
  step: string;
  problem: Problem;
  fix?: Fix;
  /** With the fix of the button the ladder has to find nothing more. */
  cures?: true;
}

const USE_STARTTLS: Fix = { code: "use_starttls", set: { security: "starttls", port: 587 } };
const USE_TLS: Fix = { code: "use_tls", set: { security: "tls", port: 465 } };
const USE_PASSWORD: Fix = { code: "use_password", set: { auth: "password" } };

const WRONG: Wrong[] = [
  {
    title: "TLS from the start on the STARTTLS port",
    change: { security: "tls" },
    step: "tls",
    problem: "tls_on_plain_port",
    fix: USE_STARTTLS,
    cures: true,
  },
  {
    title: "STARTTLS on the TLS port",
    change: { port: 465 },
    step: "greeting",
    problem: "plain_on_tls_port",
    fix: USE_TLS,
    cures: true,
  },
  { title: "a certificate authority that nobody knows", change: { ca: "" }, step: "tls", problem: "certificate_unknown_ca" },
  {
    title: "another name of the server than its certificate's",
    change: { host: "post.clinic.example" },
    step: "tls",
    problem: "certificate_wrong_name",
    fix: { code: "use_host", set: { host: postfix.host } },
    cures: true,
  },
  { title: "a wrong password", change: { password: "not this one" }, step: "auth", problem: "wrong_password" },
  {
    title: "no account, where each address belongs to one",
    change: { auth: "none" },
    step: "rcpt_to",
    problem: "auth_required",
    fix: USE_PASSWORD,
    cures: true,
  },
  {
    title: "no account, as Debian sets Postfix up",
    change: { auth: "none", port: 465, security: "tls" },
    step: "rcpt_to",
    problem: "auth_required",
    fix: USE_PASSWORD,
    cures: true,
  },
  { title: "an address of somebody else", change: {}, from: "boss@clinic.example", step: "rcpt_to", problem: "sender_not_allowed" },
  { title: "a name that does not exist", change: { host: "nowhere.clinic.example" }, step: "dns", problem: "host_unknown" },
];

/** The ladder and the way out of one SMTP sender, without anything around them. */
export async function tryLadder(): Promise<void> {
  for (const wrong of WRONG) {
    await check(`${wrong.title}: ${wrong.problem} at ${wrong.step}${wrong.fix ? `, "${wrong.fix.code}" offered` : ""}`, async () => {
      const before = (await settledLog()).length;
      const result = await climb(wrong.change, { from: wrong.from ?? postfix.user });
      const failed = result.steps.find((step) => step.result === "failed");
      expectEqual([result.verdict, failed?.id, result.problem], ["failed", wrong.step, wrong.problem], "the diagnosis");
      expectEqual(failed?.problem?.fix ?? null, wrong.fix ?? null, "what the button would change");
      const signedIn = / auth=/.test((await settledLog()).slice(before));
      expectEqual(signedIn, wrong.step === "auth" || wrong.from !== undefined, "a password was sent");
      if (wrong.cures) {
        const cured = await climb({ ...wrong.change, ...wrong.fix?.set });
        expectEqual([cured.verdict, cured.problem], ["ok", null], "the diagnosis after the button");
      }
    });
  }
  for (const change of [{}, { port: 465, security: "tls" }]) {
    const { port, security } = { ...rightSettings(), ...change };
    await check(`right settings, ${security} on ${port}: ok up to RCPT TO, and nothing is sent`, async () => {
      const result = await climb(change);
      expectEqual([result.verdict, result.problem], ["ok", null], "the diagnosis");
      const results = result.steps.map(({ id, result: of }) => `${id} ${of}`);
      expectEqual(results.slice(-2), ["rcpt_to ok", "data skipped"], "its last steps");
    });
  }
  await check("asked for, the ladder's own message arrives", async () => {
    const result = await climb({}, { from: postfix.user, to: "admin@clinic.example", send: true });
    expectEqual(result.verdict, "ok", "the diagnosis");
    await arrivedMail("admin", /Reachable: test/);
  });
  await check("a mail through the sender's outlet arrives", sendOne);
}

async function climb(
  change: Record<string, unknown>,
  options: Omit<CheckOptions, "reach"> = { from: postfix.user },
): Promise<DiagnosisResult> {
  const config = smtpConfig.parse({ ...rightSettings(), ...change });
  for await (const event of smtp.check(config, { reach: env().reach, to: "admin@clinic.example", ...options })) {
    if (event.type === "result") {
      return event.result;
    }
  }
  throw new Error("the ladder ended without a result");
}

async function sendOne(): Promise<void> {
  const outlet = smtp.open(smtpConfig.parse(rightSettings()), env().reach);
  try {
    const result = await outlet.sendMail?.({
      from: { name: "Front desk", address: postfix.user },
      to: "admin@clinic.example",
      subject: "Straight through the outlet",
      html: "<p>Hello</p>",
      text: "Hello",
      messageId: `outlet-${Date.now()}@clinic.example`,
      language: "en",
    });
    expectEqual(result?.outcome, "sent", "what became of it");
  } finally {
    outlet.close();
  }
  const mail = await arrivedMail("admin", /Straight through the outlet/);
  expectEqual(mail.from?.address, postfix.user, "who it is from");
}
