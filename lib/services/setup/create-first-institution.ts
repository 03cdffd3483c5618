import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { enterInstitution, outsideInstitutions } from "@/lib/db/unit-of-work";
import { LOCALES } from "@/lib/i18n/locales";
import { audit } from "@/lib/services/audit/record";
import { asPerson } from "@/lib/services/people/as-person";
import { country, emailAddress, institutionName, locale, password, personName } from "@/lib/services/people/fields";
import { joinInstitution } from "@/lib/services/people/join";
import { newPasswordHash } from "@/lib/services/people/new-password";
import { insertSession } from "@/lib/services/people/new-session";
import { isSetupToken, SETUP_TOKEN, setupTokenDigest } from "@/lib/services/people/setup-token";
import type { SignedIn } from "@/lib/services/people/signed-in";

const CreateFirstInstitution = z.strictObject({
  token: z.string().max(100),
  institutionName,
  defaultCountry: country,
  defaultLocale: locale,
  name: personName,
  email: emailAddress,
  password,
});

/** The first institution and its owner. The printed token is the permission, and good once (404 without it and ever after). */
export async function createFirstInstitution(ctx: Context, input: unknown): Promise<SignedIn> {
  const token = z.object({ token: z.string() }).safeParse(input).data?.token ?? "";
  if (!(await isSetupToken(token))) {
    throw notFound();
  }
  const given = parseInput(CreateFirstInstitution, input);
  const passwordHash = await newPasswordHash("password", given.password, { email: given.email.canonical, name: given.name });
  const [institutionId, userId, sessionId] = [newId(), newId(), newId()];
  return outsideInstitutions(async (tx) => {
    const used = await tx.appFact.deleteMany({ where: { name: SETUP_TOKEN, value: setupTokenDigest(token) } });
    const [row] = await tx.$queryRaw<Array<{ done: boolean }>>`SELECT any_institution() AS done`;
    if (used.count !== 1 || row?.done !== false) {
      throw notFound();
    }
    await enterInstitution(tx, institutionId);
    const { defaultCountry, defaultLocale } = given;
    await tx.institution.create({
      data: { id: institutionId, name: given.institutionName, defaultCountry, defaultLocale, locales: [...LOCALES] },
    });
    await tx.user.create({
      data: {
        id: userId,
        email: given.email.canonical,
        emailCanonical: given.email.comparisonKey,
        name: given.name,
        passwordHash,
        homeInstitutionId: institutionId,
      },
    });
    const owner = asPerson(ctx, { userId, sessionId, name: given.name, email: given.email.canonical });
    await audit(tx, institutionId, owner, {
      action: "institution.created",
      object: { type: "institution", id: institutionId },
      after: { name: given.institutionName, defaultCountry, defaultLocale },
    });
    await audit(tx, institutionId, owner, { action: "user.created", object: { type: "user", id: userId } });
    await joinInstitution(tx, owner, { institutionId, user: { id: userId, name: given.name, locale: null }, role: "owner" });
    await insertSession(tx, ctx, { id: sessionId, userId, institutionId });
    return { sessionId, userId };
  });
}
