import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PROBLEMS, STEP_IDS } from "@/lib/channels/diagnosis";
import { ADVICE, RECORD_KINDS, RECORD_STATUSES } from "@/lib/channels/email-domain/checks";
import { DOMAIN_STATES } from "@/lib/channels/email-domain/life";
import { DOMAIN_REASONS } from "@/lib/channels/email-domain/name";
import { PROVIDER_TYPES } from "@/lib/channels/providers/registry";
import { SMTP_PRESETS } from "@/lib/channels/providers/smtp-presets";
import { CONTACT_POINT_TYPES } from "@/lib/channels/registry";
import { ERROR_CODES } from "@/lib/core/errors";
import { DELIVERY_REASONS } from "@/lib/delivery/result";
import { LOCALES } from "@/lib/i18n/locales";
import { PAGE_NAMESPACES } from "@/lib/i18n/namespaces";
import { AUDIT_ACTIONS } from "@/lib/services/audit/actions";
import { AUDIT_OUTCOMES } from "@/lib/services/audit/outcomes";
import { readUses } from "@/tests/support/message-uses";
import { argumentsOf, flatten, type WordTree } from "@/tests/support/message-words";

const root = join(import.meta.dirname, "../..");
const messages = join(import.meta.dirname, "messages");

/** Mail and texts are written by the worker, without a page. */
const NAMESPACES = [...PAGE_NAMESPACES, "mail", "text"].sort();

function wordsOf(locale: string): Map<string, string> {
  return new Map(
    NAMESPACES.flatMap((namespace) => {
      const tree = JSON.parse(readFileSync(join(messages, locale, `${namespace}.json`), "utf8")) as WordTree;
      return flatten(tree, namespace);
    }),
  );
}

const english = wordsOf("en");
const sources = globSync("{app,components,lib}/**/*.{ts,tsx}", { cwd: root, exclude: ["lib/db/generated/**"] })
  .filter((file) => !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
const uses = readUses(sources);

test("every namespace has its file in every language, and there are no others", () => {
  for (const locale of LOCALES) {
    const files = globSync("*.json", { cwd: join(messages, locale) }).map((file) => file.replace(".json", ""));
    expect(files.sort(), locale).toEqual(NAMESPACES);
  }
});

describe.each(LOCALES.filter((locale) => locale !== "en"))("%s", (locale) => {
  const words = wordsOf(locale);

  test("has the keys that English has, and no others", () => {
    expect([...english.keys()].filter((key) => !words.has(key))).toEqual([]);
    expect([...words.keys()].filter((key) => !english.has(key))).toEqual([]);
  });

  test("puts the same values into each text", () => {
    const differing = [...english].filter(([key, text]) => {
      const other = words.get(key) ?? "";
      return argumentsOf(text).join() !== argumentsOf(other).join();
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test("leaves nothing in English that is longer than a name", () => {
    const same = [...english].filter(([key, text]) => words.get(key) === text && /[a-z]{3,} [a-z]{2,} [a-z]{2,}/i.test(text));
    expect(same.map(([key]) => key)).toEqual([]);
  });
});

test("no text is empty, and none shouts", () => {
  for (const locale of LOCALES) {
    const odd = [...wordsOf(locale)].filter(([, text]) => text.trim() === "" || text !== text.trim() || /[!！]/.test(text));
    expect(odd.map(([key]) => `${locale} ${key}`)).toEqual([]);
  }
});

test("every key that the code asks for is there", () => {
  const keys = [...english.keys()];
  expect(uses.asked.length).toBeGreaterThan(500);
  const missing = uses.asked.filter(({ sure, pattern }) => sure && !keys.some((key) => pattern.test(key)));
  expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
});

test("every key that is there is asked for", () => {
  const unused = [...english.keys()].filter((key) => !uses.isUsed(key));
  expect(unused).toEqual([]);
});

/** Keys that are made of a value at run time: for each value that there can be there are words. */
test("every value of a closed list has its words", () => {
  const expected = [
    ...Object.keys(ERROR_CODES).map((code) => `errors.title.${code}`),
    ...uses.reasons.map((reason) => `errors.reason.${reason}`),
    ...uses.fieldCodes.map((code) => `errors.field.${code}`),
    ...AUDIT_ACTIONS.map((action) => `audit.action.${action.replaceAll(".", "_")}`),
    ...AUDIT_OUTCOMES.map((outcome) => `audit.outcome.${outcome}`),
    ...DELIVERY_REASONS.map((reason) => `messages.reason.${reason}`),
    ...PROBLEMS.map((problem) => `diagnosis.problem.${problem}`),
    ...STEP_IDS.map((step) => `diagnosis.step.${step}`),
    ...SMTP_PRESETS.map(({ note }) => `senders.presetNote.${note}`),
    ...CONTACT_POINT_TYPES.map(({ id }) => `contactPointTypes.${id}.name`),
    ...PROVIDER_TYPES.flatMap(({ id }) => [`providerTypes.${id}.name`, `providerTypes.${id}.hint`]),
    ...ADVICE.map((code) => `domains.advice.${code}`),
    ...RECORD_KINDS.map((kind) => `domains.kind.${kind}.title`),
    ...RECORD_STATUSES.map((status) => `domains.status.${status}`),
    ...DOMAIN_STATES.map((state) => `domains.state.${state}`),
    ...DOMAIN_REASONS.map((reason) => `errors.field.${reason}`),
  ];
  expect(expected.filter((key) => !english.has(key))).toEqual([]);
});
