import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { authenticate } from "@/lib/auth/authenticate";
import { sessionCookieName } from "@/lib/auth/session-token";
import { issueSetupToken } from "@/lib/services/setup/issue-setup-token";
import { post } from "@/tests/support/action-calls";
import { captureLog } from "@/tests/support/captured-log";
import { atEnd, server } from "@/tests/support/mail-conversation";
import { asAdmin, outletsTo, workOff } from "@/tests/support/outbox";
import { everyRow } from "@/tests/support/people";
import { callRoute } from "@/tests/support/route-calls";
import type { Person } from "@/tests/support/two-institutions";

const POINTS = "app/(console)/contact-points/actions.ts";
const PASSWORDS = {
  first: "nine purple llamas waltz",
  second: "cold marble rings softly",
  wrong: "this was never the one",
  guest: "amber foxes read slowly",
};

test("R8: after a whole run no code, token, password or session stands in any row or log line", async () => {
  const log = captureLog();
  const outside = await startOutside();
  const secrets = new Set<string>(Object.values(PASSWORDS));
  const fine = async (...call: Parameters<typeof post>) => {
    const posted = await post(...call);
    expect(posted.code, `${call[0]} ${JSON.stringify(posted.state)}`).toBe("fine");
    return keepSession(posted.visit);
  };
  const keepSession = async (visit: Awaited<ReturnType<typeof post>>["visit"]): Promise<Person> => {
    const cookie = visit && "cookies" in visit ? visit.cookies.get(sessionCookieName()) : undefined;
    if (cookie) secrets.add(cookie);
    return { ...(await authenticate(cookie)), request: { id: "", ip: null, userAgent: null, locale: "en" } } as Person;
  };

  const setupToken = (await issueSetupToken()) ?? "";
  secrets.add(setupToken);
  const institution = { institutionName: "Lakeside", defaultCountry: "JP", defaultLocale: "en" };
  const account = { name: "Ann", email: "ann@inside.example", password: PASSWORDS.first };
  await fine("app/(auth)/setup/actions.ts#setupAction", {}, { token: setupToken, ...institution, ...account });
  await post("app/(auth)/sign-in/actions.ts#signInAction", {}, { email: account.email, password: PASSWORDS.wrong });
  const ann = await fine("app/(auth)/sign-in/actions.ts#signInAction", {}, { email: account.email, password: account.password });
  expect(ann.actor.type).toBe("member");

  await fine(`${POINTS}#addContactPointAction`, { as: ann }, { type: "email", label: "Desk", email: "desk@inside.example" });
  await fine(`${POINTS}#addContactPointAction`, { as: ann }, { type: "email", label: "Home", email: "home@inside.example" });
  await fine(
    `${POINTS}#addContactPointAction`,
    { as: ann },
    { type: "sms", label: "Phone", phone_number: "+819012345678", phone_numberCountry: "JP" },
  );
  const [desk, home, phone] = await outside.deliver(3);
  for (const sent of [desk, home, phone]) for (const secret of secretsIn(sent)) secrets.add(secret);
  const idOf = async (address: string) =>
    (await asAdmin<{ id: string }>("SELECT id FROM contact_point WHERE address = $1", [address]))[0]?.id ?? "";
  const mailed = { contactPointId: await idOf("desk@inside.example"), code: codeIn(desk) };
  await whileBroken("verification", () => post(`${POINTS}#submitCodeAction`, { as: ann }, mailed));
  await post(`${POINTS}#submitCodeAction`, { as: ann }, { ...mailed, code: other(mailed.code) });
  await fine(`${POINTS}#submitCodeAction`, { as: ann }, mailed);
  await whileBroken("verification", () => post("app/verify/actions.ts#confirmLinkAction", {}, { token: tokenIn(home) }));
  await fine("app/verify/actions.ts#confirmLinkAction", {}, { token: tokenIn(home) });
  const texted = { file: "app/api/v1/contact-points/[contactPointId]/verification/code/route.ts", method: "POST", as: ann };
  const answer = await callRoute({ ...texted, params: { contactPointId: await idOf("+819012345678") }, body: { code: codeIn(phone) } });
  expect(answer.status).toBe(200);

  await fine("app/(auth)/forgot-password/actions.ts#forgotPasswordAction", {}, { email: account.email });
  await fine("app/(console)/members/actions.ts#inviteMemberAction", { as: ann }, { email: "guest@inside.example", role: "member" });
  const later = await outside.deliver(2);
  const reset = later.find((text) => text.includes("/reset-password/")) ?? "";
  const invitation = later.find((text) => text.includes("/invitation/")) ?? "";
  for (const sent of [reset, invitation]) for (const secret of secretsIn(sent)) secrets.add(secret);
  await whileBroken("user", () =>
    post("app/(auth)/sign-in/actions.ts#signInAction", {}, { email: account.email, password: PASSWORDS.first }),
  );
  await fine("app/(auth)/reset-password/[token]/actions.ts#resetPasswordAction", {}, { token: tokenIn(reset), password: PASSWORDS.second });
  const joining = { token: tokenIn(invitation), name: "Guest", password: PASSWORDS.guest };
  await fine("app/(auth)/invitation/[token]/actions.ts#joinWithAccountAction", {}, joining);
  await outside.deliver(0);

  const [rows, lines] = [await everyRow(), log()];
  expect(secrets.size).toBeGreaterThan(12);
  expect(lines).toContain("action failed");
  expect(rows).toContain("desk@inside.example");
  expect([...secrets].filter((secret) => standsIn(rows, secret))).toEqual([]);
  expect([...secrets].filter((secret) => standsIn(lines, secret))).toEqual([]);
  // what waits is sealed; nothing waits any more, so nothing may be left of it
  expect(await asAdmin("SELECT id FROM message WHERE payload IS NOT NULL AND state NOT IN ('queued', 'sending')")).toEqual([]);
});

/** A mail server and a text provider; hands out what arrived as readable text, in the order of arrival. */
async function startOutside() {
  const smtp = await server();
  const texts: string[] = [];
  const provider = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      texts.push((JSON.parse(body) as { text: string }).text);
      response.end("{}");
    });
  });
  provider.listen(0, "127.0.0.1");
  await once(provider, "listening");
  atEnd(() => provider.close());
  const outlets = outletsTo({ smtp: smtp.port, sms: (provider.address() as AddressInfo).port });
  atEnd(() => outlets.close());
  let [mails, read] = [0, 0];
  return {
    /** Works off all that waits; the mails in the order of their addresses, the texts after them. */
    deliver: async (expected: number): Promise<string[]> => {
      let sent = 0;
      for (let step = await workOff(outlets); step > 0; step = await workOff(outlets)) sent += step;
      const parsed = await Promise.all(smtp.messages.slice(mails).map((raw) => PostalMime.parse(raw)));
      mails = smtp.messages.length;
      const readable = parsed
        .filter(({ text }) => /\/(?:verify|invitation|reset-password)\//.test(text ?? ""))
        .sort((one, two) => (one.to?.[0]?.address ?? "").localeCompare(two.to?.[0]?.address ?? ""))
        .map(({ text, html }) => `${text}\n${html}`);
      const arrived = [...readable, ...texts.slice(read)];
      read = texts.length;
      expect(sent).toBeGreaterThanOrEqual(expected);
      expect(arrived).toHaveLength(expected);
      return arrived;
    },
  };
}

const codeIn = (text = "") => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? "";
const tokenIn = (text = "") => /\/(?:verify|invitation|reset-password)\/([\w-]{43})/.exec(text)?.[1] ?? "";
const secretsIn = (text = "") => [codeIn(text), tokenIn(text)].filter((secret) => secret !== "");
const other = (code: string) => code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));

/** As it is, as bytes in hex, and as the bytes that a token spells; six digits only where they are a word of their own. */
function standsIn(text: string, secret: string): boolean {
  if (/^\d{6}$/.test(secret)) {
    return new RegExp(`(?<![\\w.-])${secret}(?![\\w-])`).test(text);
  }
  const spellings = [secret, Buffer.from(secret).toString("hex"), Buffer.from(secret).toString("base64")];
  if (/^[\w-]{43}$/.test(secret)) spellings.push(Buffer.from(secret, "base64url").toString("hex"));
  return spellings.some((spelling) => text.includes(spelling));
}

/** A fault of ours in the middle of it: what the database says about it goes to the log. */
async function whileBroken(table: string, work: () => Promise<{ code: string }>): Promise<void> {
  await asAdmin(`ALTER TABLE "${table}" RENAME TO elsewhere`);
  try {
    expect((await work()).code).toBe("internal");
  } finally {
    await asAdmin(`ALTER TABLE elsewhere RENAME TO "${table}"`);
  }
}
