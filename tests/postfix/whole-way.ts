import type { Context, SignedInMember } from "@/lib/auth/actor";
import { authenticate } from "@/lib/auth/authenticate";
import { issueSessionToken } from "@/lib/auth/session-token";
import type { DiagnosisResult } from "@/lib/channels/diagnosis";
import { newRequestId } from "@/lib/core/ids";
import { openSystemOutlets } from "@/lib/delivery/outlets";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { checkDomain } from "@/lib/services/domains/check";
import { createDomain } from "@/lib/services/domains/create";
import { acceptInvitation } from "@/lib/services/members/accept-invitation";
import { inviteMember } from "@/lib/services/members/invite-member";
import { createOutbox } from "@/lib/services/messages/outbox";
import { SenderOutlets } from "@/lib/services/messages/sender-outlets";
import type { SignedIn } from "@/lib/services/people/signed-in";
import { createSender } from "@/lib/services/senders/create";
import { diagnoseSender } from "@/lib/services/senders/diagnose";
import { getSendersInUse } from "@/lib/services/senders/in-use";
import { setDefaultSender } from "@/lib/services/senders/set-default";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { submitSenderCode } from "@/lib/services/senders/submit-code";
import { createFirstInstitution } from "@/lib/services/setup/create-first-institution";
import { issueSetupToken } from "@/lib/services/setup/issue-setup-token";
import { submitCode } from "@/lib/services/verifications/submit-code";
import type { TestDns } from "@/tests/support/dns-server";
import { arrivedMail, postfix, rightSettings } from "./postfix.ts";
import { check, expectEqual } from "./report.ts";

type Member = Context & { actor: SignedInMember };

const PASSWORD = "seven yellow boats at dawn";

/**
 * An admin sets a sender up and a member is reached through it. The system's own mail server is not there: whatever
 * arrives came through the sender.
 */
export async function tryWholeWay(dns: TestDns): Promise<void> {
  const senders = new SenderOutlets();
  const system = openSystemOutlets();
  const worker = createOutbox(system, senders, 4);
  worker.start();
  try {
    const admin = await founder();
    const wrong = { ...rightSettings(), security: "tls", password: "not this one" };
    const repaired = await check("an admin tries wrong settings, and each button or advice leads one step on", () => repair(admin, wrong));
    const id = await check("the sender is added with them, pending", () => add(admin, repaired ?? rightSettings()));
    if (!id) {
      return;
    }
    await check("its code arrives through it and makes it active", () => prove(admin, id));
    await check("it becomes the default", async () => {
      await setDefaultSender(admin, { senderId: id });
      expectEqual((await getSendersInUse(admin)).email.through, "sender", "what mail goes out through");
    });
    await check("its domain is verified by the records that were published", () => verifyDomain(admin, dns));
    const member = await check("an invitation arrives through it, signed for the domain, and is accepted", () => invite(admin));
    if (member) {
      await check("a member's verification arrives through it, and proves the address", () => verifyAddress(member));
    }
  } finally {
    await worker.stop();
    senders.close();
    system.close();
  }
}

async function founder(): Promise<Member> {
  const token = await issueSetupToken();
  const names = { institutionName: "Lakeside Clinic", defaultCountry: "JP", defaultLocale: "en", name: "Ann" };
  return asMember(await createFirstInstitution(visitor(), { token, ...names, email: "admin@clinic.example", password: PASSWORD }));
}

async function repair(admin: Member, settings: Record<string, unknown>): Promise<Record<string, unknown>> {
  let form = settings;
  const found: Array<string | null> = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const result = await diagnose(admin, { provider: "smtp", config: form, fromAddress: postfix.user });
    found.push(result.problem);
    if (result.verdict === "ok") {
      break;
    }
    const fix = result.steps.find((step) => step.result === "failed")?.problem?.fix;
    form = { ...form, ...(fix?.set ?? (result.problem === "wrong_password" ? { password: postfix.password } : {})) };
  }
  expectEqual(found, ["tls_on_plain_port", "wrong_password", null], "what was found, one after the other");
  return form;
}

async function add(admin: Member, config: Record<string, unknown>): Promise<string> {
  const sender = await createSender(admin, {
    name: "Front desk",
    provider: "smtp",
    config,
    fromAddress: postfix.user,
    fromName: "Front desk",
  });
  expectEqual(sender.state, "pending", "its state");
  expectEqual(JSON.stringify(sender).includes(postfix.password), false, "its password is shown");
  const result = await diagnose(admin, { senderId: sender.id });
  expectEqual(result.verdict, "ok", "the diagnosis of what was saved");
  return sender.id;
}

async function prove(admin: Member, senderId: string): Promise<void> {
  await startSenderVerification(admin, { senderId });
  const mail = await arrivedMail("admin", /Verify the sender/);
  const active = await submitSenderCode(admin, { senderId, code: codeIn(mail.text) });
  expectEqual([active.state, active.proven, active.sending], ["active", true, true], "its state, and whether it sends");
}

async function verifyDomain(admin: Member, dns: TestDns): Promise<void> {
  const added = await createDomain(admin, { domain: "clinic.example" });
  for (const { name, value } of added.records) {
    if (value !== null) {
      dns.zones.set(name, { txt: [value] });
    }
  }
  const domain = await checkDomain(admin, { domainId: added.id });
  expectEqual([domain.state, domain.signs], ["verified", true], "its state, and whether its mail is signed");
}

async function invite(admin: Member): Promise<Member> {
  await inviteMember(admin, { email: "member@clinic.example", role: "member" });
  const mail = await arrivedMail("member", /\/invitation\//);
  expectEqual(mail.from?.address, postfix.user, "who it is from");
  expectEqual(/^DKIM-Signature:[^:]*\bd=clinic\.example;/m.test(mail.raw), true, "it is signed");
  const token = /\/invitation\/([\w-]+)/.exec(mail.text ?? "")?.[1];
  return asMember(await acceptInvitation(visitor(), { token, name: "Mia", password: PASSWORD }));
}

async function verifyAddress(member: Member): Promise<void> {
  const config = { email: "member@clinic.example" };
  const { id: contactPointId } = await createContactPoint(member, { type: "email", label: "Work", config, verify: true });
  const mail = await arrivedMail("member", /\b\d{6}\b/);
  expectEqual([mail.from?.address, mail.from?.name], [postfix.user, "Front desk"], "who it is from");
  expectEqual(/ESMTPSA/.test(mail.raw), true, "it came over TLS and signed in");
  await submitCode(member, { contactPointId, code: codeIn(mail.text) });
  expectEqual((await getContactPoint(member, { contactPointId })).verified, true, "it is verified");
}

async function diagnose(admin: Member, input: Record<string, unknown>): Promise<DiagnosisResult> {
  for await (const event of await diagnoseSender(admin, input)) {
    if (event.type === "result") {
      return event.result;
    }
  }
  throw new Error("the diagnosis ended without a result");
}

function codeIn(text: string | undefined): string {
  return /\b\d{6}\b/.exec(text ?? "")?.[0] ?? "";
}

function visitor(): Context {
  return { actor: { type: "anonymous" }, request: { id: newRequestId(), ip: "127.0.0.1", userAgent: "try-postfix", locale: "en" } };
}

async function asMember({ sessionId, userId }: SignedIn): Promise<Member> {
  const { actor } = await authenticate(await issueSessionToken({ id: sessionId, userId }));
  if (actor.type !== "member" || actor.sessionId === null) {
    throw new Error(`expected a member, found ${actor.type}`);
  }
  return { ...visitor(), actor: { ...actor, sessionId: actor.sessionId } };
}
