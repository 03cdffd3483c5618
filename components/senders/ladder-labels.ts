import { getTranslations } from "next-intl/server";
import { PROBLEMS, STEP_IDS, type StepId, type StepResult } from "@/lib/channels/diagnosis";

const RESULTS = ["ok", "warning", "failed", "skipped"] as const satisfies readonly StepResult[];
const VERDICTS = ["ok", "temporary", "failed"] as const;
const FIXES = ["use_starttls", "use_tls", "use_port", "use_host", "trim_host", "use_password", "use_oauth", "use_plain"] as const;
const FACTS = [
  "a",
  "aaaa",
  "address",
  "port",
  "name",
  "capabilities",
  "offered",
  "mechanism",
  "account",
  "from",
  "status",
  "version",
  "cipher",
  "subject",
  "issuer",
  "names",
  "expires",
  "chain",
] as const;
/** Everything that a sentence may have a place for; the browser fills in what the step says. */
const PLACES = { names: "{names}", date: "{date}", issuer: "{issuer}", days: "{days}", wanted: "{wanted}", status: "{status}" };
const SET = { port: "{port}", host: "{host}" };

/** The words of the ladder, made on the server: the browser has no translator. */
export async function ladderLabels(channel: "email" | "sms") {
  const t = await getTranslations("diagnosis");
  return {
    title: t("title"),
    untested: channel === "email" ? t("untested") : t("untestedText"),
    run: t("run"),
    again: t("again"),
    cancel: t("cancel"),
    cancelled: t("cancelled"),
    running: t("running"),
    broken: t("broken"),
    nothingSent: t("nothingSent"),
    testedAt: t("testedAt"),
    outdated: t("outdated"),
    totalMs: t("totalMs", { ms: "{ms}" }),
    ms: t("ms", { ms: "{ms}" }),
    reply: t("reply"),
    facts: t("facts"),
    applied: t("applied"),
    goTo: t("goTo", { field: "{field}" }),
    send: t(`send.${channel}`),
    leftOut: { rcpt_to: t("leftOut.rcpt_to"), data: t("leftOut.data") } as Partial<Record<StepId, string>>,
    stepsLabel: t("stepsLabel"),
    notReached: t("result.notReached"),
    stepRunning: t("result.running"),
    verdict: wordsOf(VERDICTS, (verdict) => t(`verdict.${verdict}`)),
    verdictHint: wordsOf(VERDICTS, (verdict) => t(`verdict.${verdict}Hint`, { step: "{step}" })),
    results: wordsOf(RESULTS, (result) => t(`result.${result}`)),
    steps: wordsOf(STEP_IDS, (step) => t(`step.${step}`)),
    problems: wordsOf(PROBLEMS, (problem) => t(`problem.${problem}`, PLACES)),
    fixes: wordsOf(FIXES, (fix) => t(`fix.${fix}`, SET)),
    factNames: wordsOf(FACTS, (fact) => t(`fact.${fact}`)) as Record<string, string>,
  };
}

function wordsOf<K extends string>(keys: readonly K[], word: (key: K) => string): Record<K, string> {
  return Object.fromEntries(keys.map((key) => [key, word(key)])) as Record<K, string>;
}

export type LadderLabels = Awaited<ReturnType<typeof ladderLabels>>;
