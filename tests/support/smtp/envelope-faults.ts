import type { Problem } from "@/lib/channels/diagnosis";
import { DROP } from "@/tests/support/scripted-smtp";
import type { Arranged, Fault } from "@/tests/support/smtp/fault";

const VERBS = { mail_from: "MAIL", rcpt_to: "RCPT", data: "." } as const;
const TEMPORARY = { verdict: "temporary" } as const;

/** That command is answered like that, to somebody who signed in. */
function answered(step: keyof typeof VERBS, reply: string, problem: Problem, more: Partial<Fault> & Partial<Arranged> = {}): Fault {
  const { config, options, fix, ...rest } = more;
  return {
    name: `${VERBS[step]} answered with ${reply}`,
    step,
    problem,
    arrange: async ({ server, ground, host }) => {
      const { port } = await server({
        certificate: ground.certificate({ hosts: [host] }),
        extensions: ["STARTTLS", "AUTH PLAIN"],
        script: (command) => {
          if (command.split(" ")[0] !== VERBS[step]) return undefined;
          return reply.startsWith("421") ? { say: reply, then: DROP } : reply;
        },
      });
      return { config: { port, ...config }, options: { send: step === "data", ...options }, ...(fix ? { fix } : {}) };
    },
    ...rest,
  };
}

const WITHOUT = { config: { auth: "none" }, fix: { code: "use_password", set: { auth: "password" } } } as const;

export const ENVELOPE_FAULTS: readonly Fault[] = [
  answered(
    "mail_from",
    "553 5.7.1 <news@example.com>: Sender address rejected: not owned by user postmaster@example.com",
    "sender_not_allowed",
  ),
  answered("mail_from", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "sender_not_allowed"),
  answered(
    "rcpt_to",
    "553 5.7.1 <news@example.com>: Sender address rejected: not owned by user postmaster@example.com",
    "sender_not_allowed",
  ),
  answered(
    "data",
    "554 Message rejected: Email address is not verified. The following identities failed the check: news@example.com",
    "sender_not_allowed",
  ),
  answered("mail_from", "530 5.7.0 Authentication required", "auth_required", WITHOUT),
  answered("rcpt_to", "550 5.7.1 Please turn on SMTP Authentication in your mail client", "auth_required", WITHOUT),
  answered("rcpt_to", "553 5.7.1 <news@example.com>: Sender address rejected: not logged in", "auth_required", WITHOUT),
  answered("rcpt_to", "554 5.7.1 <admin@example.com>: Recipient address rejected: Access denied", "auth_required", WITHOUT),
  answered("rcpt_to", "554 5.7.1 <admin@example.com>: Relay access denied", "relaying_denied"),
  answered("rcpt_to", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "relaying_denied"),
  answered("rcpt_to", "550 5.1.1 <admin@example.com>: no such user", "recipient_rejected"),
  answered(
    "rcpt_to",
    "450 4.2.0 <admin@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example/",
    "greylisted",
    TEMPORARY,
  ),
  answered("rcpt_to", "451 4.7.1 Please try again later", "greylisted", TEMPORARY),
  answered("rcpt_to", "452 4.2.2 mailbox full", "temporary", TEMPORARY),
  answered("mail_from", "421 4.3.2 going down", "shutting_down", TEMPORARY),
  answered("rcpt_to", "421 4.7.0 too many connections", "too_many_connections", TEMPORARY),
  answered("data", "554 5.7.1 looks like spam", "message_rejected"),
  answered("data", "451 4.3.0 later", "temporary", TEMPORARY),
  {
    name: "an address that needs SMTPUTF8",
    step: "mail_from",
    problem: "smtputf8_missing",
    arrange: async ({ server, ground, host }) => {
      const { port } = await server({ certificate: ground.certificate({ hosts: [host] }), extensions: ["STARTTLS", "AUTH PLAIN"] });
      return { config: { port }, options: { to: "鈴木@example.jp" } };
    },
  },
];
