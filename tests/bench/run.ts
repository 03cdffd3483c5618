import { cpus, totalmem } from "node:os";
import pg from "pg";
import { type Baseline, startBaseline } from "./baseline.ts";
import { startCompressingProxy } from "./compressing-proxy.ts";
import { type BenchSystem, startBenchSystem, stopPart } from "./system.ts";
import { record, table } from "./table.ts";

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const SIZES = { few: number("BENCH_FEW", 1000), many: number("BENCH_MANY", 100_000) };
const ROUNDS = number("BENCH_ROUNDS", 5);
const ROUND_MS = number("BENCH_ROUND_MS", 4000);
const MAILS = number("BENCH_MAILS", 5000);
const MAIL_ROUNDS = number("BENCH_MAIL_ROUNDS", 3);
const STEADY_MS = number("BENCH_STEADY_MS", 20_000);
const REFUSALS = number("BENCH_REFUSALS", 500);
const FAULT_TIMES = number("BENCH_FAULTS", 20);
/** Some parts alone: `npm run bench -- http outbox`. */
const asked = process.argv.slice(2);
const wants = (part: string): boolean => asked.length === 0 || asked.includes(part);

console.log(
  `${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}, ${new Date().toISOString()}\n`,
);
if (wants("faults")) await (await import("./faults.ts")).benchFaults(FAULT_TIMES);
if (wants("senders")) await (await import("./senders.ts")).benchSenders({ mails: MAILS * 2, rounds: MAIL_ROUNDS, steadyMs: STEADY_MS });
if (wants("start")) await (await import("./start-time.ts")).benchStart();
if (["http", "dialects", "outbox", "pages", "lighthouse", "secrecy"].some(wants)) {
  const bench = await startBenchSystem();
  let bare: Baseline | undefined;
  try {
    if (["http", "dialects", "pages"].some(wants)) bare = await startBaseline(bench.system.adminUrl);
    await measure(bench, bare?.port ?? 0);
  } finally {
    await bare?.stop();
    await bench.stop();
  }
}
console.log(`\n${table()}`);

async function measure(bench: BenchSystem, barePort: number): Promise<void> {
  Object.assign(process.env, bench.system.env, { LOG_LEVEL: "silent" });
  // The settings are read when these are first used, so they come after them.
  const { issueSessionToken, sessionCookieName } = await import("@/lib/auth/session-token");
  const { closePrisma } = await import("@/lib/db/client");
  const { seed } = await import("./seed.ts");
  const db = new pg.Client({ connectionString: bench.system.adminUrl });
  await db.connect();
  try {
    const idle = { console: bench.memory("console"), worker: bench.memory("worker") };
    const seeded = await seed(db, [SIZES.few, SIZES.many]);
    const headersOf = async ({ sessionId, userId }: { sessionId: string; userId: string }) => {
      const cookie = `${sessionCookieName()}=${await issueSessionToken({ id: sessionId, userId })}`;
      return { cookie, origin: bench.origin };
    };
    const [person] = seeded.people.values();
    if (!person) throw new Error("nobody was seeded");
    const signedIn = { cookie: (await headersOf(person)).cookie };

    if (wants("pages")) {
      const { benchScripts } = await import("./pages.ts");
      const heavy = HEAVY.map((path) => ({ name: path, url: `${bench.origin}${path}`, headers: signedIn }));
      await benchScripts([...pagesOf(bench.origin, signedIn), ...heavy], {
        name: "empty",
        url: `http://127.0.0.1:${barePort}/`,
        headers: {},
      });
    }
    if (wants("lighthouse")) {
      const { benchLighthouse } = await import("./lighthouse.ts");
      const proxy = await startCompressingProxy(bench.port);
      await benchLighthouse(pagesOf(bench.origin, signedIn).slice(1, 2), "uncompressed");
      await benchLighthouse(pagesOf(`http://localhost:${proxy.port}`, signedIn), "compressed");
      proxy.stop();
    }
    const loaded = { console: 0, worker: 0 };
    const note = (name: "console" | "worker") => {
      loaded[name] = Math.max(loaded[name], bench.memory(name));
    };
    // The worker is measured by itself below, and would only take its share of the same two cores here.
    await stopPart(bench, "worker");
    if (wants("http")) {
      const { benchHttp } = await import("./http.ts");
      const ports = { ours: bench.port, bare: barePort };
      await benchHttp({ db, seeded, ports, headersOf, rounds: ROUNDS, roundMs: ROUND_MS, loaded: () => note("console") });
    }
    if (wants("dialects")) {
      const { benchDialects } = await import("./dialects.ts");
      const ports = { ours: bench.port, bare: barePort };
      await benchDialects({ db, seeded, ports, origin: bench.origin, rounds: ROUNDS, roundMs: ROUND_MS });
    }
    if (wants("outbox")) {
      const { benchFreshWorker, benchOutbox } = await import("./outbox.ts");
      await db.query("UPDATE contact_point SET enabled = true WHERE NOT enabled");
      const outbox = { db, sink: bench.sink, institutionId: seeded.institutionId, count: MAILS, rounds: MAIL_ROUNDS };
      await benchFreshWorker(outbox, () => bench.system.startWorker());
      await benchOutbox(outbox);
      note("worker");
    }
    if (wants("secrecy")) {
      const { benchCodes, benchRefusals } = await import("./secrecy.ts");
      benchCodes(100_000);
      await benchRefusals(db, seeded.institutionId, REFUSALS);
    }
    for (const name of ["console", "worker"] as const) {
      record({
        what: `memory, ${name}`,
        measured: `${idle[name].toFixed(0)} MiB idle`,
        beside: loaded[name] > 0 ? `${loaded[name].toFixed(0)} MiB loaded` : "",
      });
    }
  } finally {
    await closePrisma();
    await db.end();
  }
}

/** The pages with the largest forms. */
const HEAVY = ["/senders/new?provider=smtp&preset=custom", "/integrations/new?provider=slack", "/keys/new", "/domains/new"];

function pagesOf(origin: string, signedIn: Record<string, string>) {
  return [
    { name: "sign-in", url: `${origin}/sign-in`, headers: {} },
    { name: "list", url: `${origin}/contact-points`, headers: signedIn },
    { name: "add", url: `${origin}/contact-points/new`, headers: signedIn },
  ];
}
