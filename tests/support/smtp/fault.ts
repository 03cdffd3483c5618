import { randomBytes } from "node:crypto";
import type { DiagnosisEvent, DiagnosisResult, DiagnosisStep, Fix, Problem, StepId } from "@/lib/channels/diagnosis";
import type { CheckOptions } from "@/lib/channels/providers/define";
import type { SmtpConfig } from "@/lib/channels/providers/smtp-config";
import { diagnoseSmtp } from "@/lib/delivery/smtp-diagnosis/diagnose";
import { type Authority, type Certificate, type CertificateOptions, issueCertificate, makeAuthority } from "@/tests/support/certificate";
import { startDns, type TestDns } from "@/tests/support/dns-server";
import { type ScriptedSmtp, type ScriptedSmtpOptions, startScriptedSmtp } from "@/tests/support/scripted-smtp";
import { startFilteredPort } from "@/tests/support/smtp/full-backlog";

/** What the conversations of one run share: a name server, an authority, a port that drops packets. */
export interface Ground {
  dns: TestDns;
  authority: Authority;
  certificate: (options?: Partial<CertificateOptions>) => Certificate;
  filteredPort: number;
  stop: () => Promise<void>;
}

/** One conversation that is about to be had. */
export interface Scene {
  ground: Ground;
  /** A name of its own in DNS, that leads to loopback unless told otherwise. */
  host: string;
  server: (options?: ScriptedSmtpOptions) => Promise<ScriptedSmtp>;
}

export interface Arranged {
  config: Partial<SmtpConfig>;
  options?: Partial<CheckOptions>;
  /** Where mail is "usually" handed in on this loopback. */
  ports?: { starttls?: number; tls?: number };
  fix?: Fix;
}

export interface Fault {
  name: string;
  step: StepId;
  problem: Problem | null;
  verdict?: DiagnosisResult["verdict"];
  result?: DiagnosisStep["result"];
  arrange: (scene: Scene) => Promise<Arranged>;
}

export interface Finding {
  events: DiagnosisEvent[];
  result: DiagnosisResult | undefined;
  deadlineMs: number;
  tookMs: number;
  fix: Fix | undefined;
  inClear: string;
  messages: string[];
  secrets: string[];
}

const USER = "postmaster@example.com";
const CLOSED_PORT = 1;

export async function layGround(): Promise<Ground> {
  const [dns, filtered] = await Promise.all([startDns(), startFilteredPort()]);
  const authority = makeAuthority();
  return {
    dns,
    authority,
    certificate: (options = {}) => issueCertificate({ hosts: ["localhost"], authority, validDays: { from: -1, to: 90 }, ...options }),
    filteredPort: filtered.port,
    stop: async () => {
      filtered.stop();
      await dns.stop();
    },
  };
}

/** Has every fault so many times, some of them at once; `onFinding` is told of each as it ends. */
export async function meetAll(
  faults: readonly Fault[],
  times: number,
  atOnce: number,
  onFinding: (fault: Fault, finding: Finding) => void,
  ground: Ground,
) {
  const waiting = faults.flatMap((fault) => Array.from({ length: times }, () => fault));
  const converse = async () => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) onFinding(fault, await meet(fault, ground));
  };
  await Promise.all(Array.from({ length: atOnce }, converse));
}

/** Has one conversation with a server that is at fault, and tells everything that came of it. */
export async function meet(fault: Fault, ground: Ground): Promise<Finding> {
  const servers: ScriptedSmtp[] = [];
  const host = `mail-${randomBytes(6).toString("hex")}.example`;
  ground.dns.zones.set(host, { a: ["127.0.0.1"] });
  const server = async (options: ScriptedSmtpOptions = {}) => {
    const started = await startScriptedSmtp(options);
    servers.push(started);
    return started;
  };
  try {
    const arranged = await fault.arrange({ ground, host, server });
    const config = configOf(host, ground, arranged.config);
    const started = performance.now();
    const events: DiagnosisEvent[] = [];
    for await (const event of diagnoseSmtp(config, optionsOf(ground, config, arranged), { ports: portsOf(arranged) })) events.push(event);
    const tookMs = performance.now() - started;
    const last = events.at(-1);
    return {
      events,
      result: last?.type === "result" ? last.result : undefined,
      deadlineMs: config.connectionTimeoutMs + 3 * config.readTimeoutMs,
      tookMs,
      fix: arranged.fix,
      inClear: servers.map((one) => one.inClear()).join("\n"),
      messages: servers.flatMap((one) => one.messages),
      secrets: secretsOf(config),
    };
  } finally {
    for (const one of servers) await one.stop();
    ground.dns.zones.delete(host);
  }
}

export function configOf(host: string, ground: Ground, changes: Partial<SmtpConfig>): SmtpConfig {
  return {
    host,
    port: CLOSED_PORT,
    security: "starttls",
    auth: "password",
    username: USER,
    password: `pw-${randomBytes(9).toString("hex")}`,
    oauthTokenUrl: "",
    oauthClientId: "",
    oauthClientSecret: "",
    oauthRefreshToken: "",
    connectionTimeoutMs: 2000,
    readTimeoutMs: 2000,
    ca: ground.authority.cert,
    ...changes,
  };
}

export function optionsOf(ground: Ground, config: SmtpConfig, { options, ports }: Arranged): CheckOptions {
  const allowPorts = [config.port, ...Object.values(ports ?? {})];
  const token = URL.parse(config.oauthTokenUrl)?.port;
  return {
    from: "news@example.com",
    to: "admin@example.com",
    ...options,
    reach: {
      allowCidrs: ["127.0.0.0/8", "255.255.255.255/32", "ff02::/16"],
      allowPorts: token ? [...allowPorts, Number(token)] : allowPorts,
      allowPlaintext: false,
      dnsServers: [ground.dns.address],
      ...options?.reach,
    },
  };
}

function portsOf({ ports }: Arranged): { starttls: number; tls: number } {
  return { starttls: CLOSED_PORT, tls: CLOSED_PORT, ...ports };
}

function secretsOf({ username, password }: SmtpConfig): string[] {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return [password, base64(password), base64(`\0${username}\0${password}`), base64(username)];
}

/** What is not as it should be; empty: the fault was named, in time, and nothing leaked. */
export function complaints(fault: Fault, finding: Finding): string[] {
  const { result, events } = finding;
  if (!result) return ["no result"];
  const found: string[] = [];
  const note = (wrong: boolean, what: string) => wrong && found.push(what);
  const step = result.steps.find(({ id }) => id === fault.step);
  const expectedResult = fault.result ?? (fault.problem === null ? "ok" : "failed");
  const verdict = fault.verdict ?? (expectedResult === "failed" ? "failed" : "ok");
  note(step?.result !== expectedResult, `${fault.step} is ${step?.result}, not ${expectedResult} (${result.problem})`);
  note((step?.problem?.code ?? null) !== fault.problem, `${fault.step} names ${step?.problem?.code}, not ${fault.problem}`);
  note(result.verdict !== verdict, `the verdict is ${result.verdict} (${result.problem}), not ${verdict}`);
  note(JSON.stringify(step?.problem?.fix) !== JSON.stringify(finding.fix), `the fix is ${JSON.stringify(step?.problem?.fix)}`);
  note(events.filter(({ type }) => type === "result").length !== 1, "not one result");
  note(result.steps.length !== new Set(result.steps.map(({ id }) => id)).size, "a rung was told twice");
  note(finding.tookMs > finding.deadlineMs + GRACE_MS, `it took ${finding.tookMs.toFixed(0)} ms`);
  note(/\bAUTH (?:PLAIN|LOGIN|CRAM-MD5|XOAUTH2)/i.test(finding.inClear), "AUTH in clear");
  for (const secret of finding.secrets) note(finding.inClear.includes(secret), "a secret in clear");
  const told = JSON.stringify(events);
  for (const secret of finding.secrets.slice(0, 3)) note(told.includes(secret), "a secret in the result");
  const greeted = result.steps.some(({ id, result: came }) => id === "greeting" && came === "ok");
  note(!greeted && result.steps.some(({ reply }) => reply !== undefined), "words from outside of a dialogue");
  note(told.includes("secret page"), "another server's words");
  for (const { reply } of result.steps) note(reply !== undefined && (reply.length > 200 || /\p{C}/u.test(reply)), "a reply is too much");
  return found;
}

const GRACE_MS = 1_500;
