import { newId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { inInstitution } from "@/lib/db/unit-of-work";

/** One line of the request log: no body, no secret, and the pattern instead of the path. */
export interface ApiRequestEntry {
  institutionId: string;
  credentialId: string;
  kind: "secret_key" | "public_key" | "access_token";
  signingKeyId: string | null;
  at: Date;
  dialect: string;
  method: string;
  route: string;
  status: number;
  ms: number;
  requestId: string;
  error: string | null;
}

const WAIT_MS = 500;
const BATCH_MAX = 500;
/** More than that is lost rather than kept in memory while the database is away. */
const WAITING_MAX = 20_000;

interface Log {
  waiting: ApiRequestEntry[];
  timer: NodeJS.Timeout | null;
  writing: Promise<void>;
}

const holder = globalThis as unknown as { reachableRequestLog?: Log };
holder.reachableRequestLog ??= { waiting: [], timer: null, writing: Promise.resolve() };
const log = holder.reachableRequestLog;

/** Notes a request that a credential made; written a moment later, many at a time, so that nobody waits for it. */
export function recordApiRequest(entry: ApiRequestEntry): void {
  if (log.waiting.length >= WAITING_MAX) {
    return;
  }
  log.waiting.push(entry);
  log.timer ??= setTimeout(() => void flushApiRequests(), WAIT_MS);
}

/** Writes what waits; for the end of the process, and for whoever reads the log. */
export function flushApiRequests(): Promise<void> {
  if (log.timer) {
    clearTimeout(log.timer);
    log.timer = null;
  }
  log.writing = log.writing.then(writeWaiting, writeWaiting);
  return log.writing;
}

async function writeWaiting(): Promise<void> {
  const entries = log.waiting.splice(0);
  for (const [institutionId, own] of Map.groupBy(entries, (entry) => entry.institutionId)) {
    for (let at = 0; at < own.length; at += BATCH_MAX) {
      try {
        await write(institutionId, own.slice(at, at + BATCH_MAX));
      } catch (error) {
        logger.error({ err: error }, "the request log could not be written");
      }
    }
  }
}

async function write(institutionId: string, entries: readonly ApiRequestEntry[]): Promise<void> {
  const rows = JSON.stringify(entries.map(({ institutionId: _, ...entry }) => ({ ...entry, id: newId() })));
  await inInstitution(institutionId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO api_request (institution_id, id, credential_id, at, dialect, method, route, status, ms, request_id, error)
      SELECT ${institutionId}::uuid, e.id, e."credentialId", e.at, e.dialect, e.method, e.route, e.status, e.ms, e."requestId", e.error
        FROM jsonb_to_recordset(${rows}::jsonb) AS e(id uuid, "credentialId" uuid, at timestamptz, dialect text, method text, route text,
                                                     status int, ms int, "requestId" text, error text)`;
    await tx.$executeRaw`
      WITH asked AS (SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS e("credentialId" uuid, "signingKeyId" uuid, at timestamptz)),
      used AS (SELECT id, max(at) AS at FROM (SELECT "credentialId", at FROM asked UNION ALL SELECT "signingKeyId", at FROM asked) AS each(id, at)
                WHERE id IS NOT NULL GROUP BY 1),
      keys AS (UPDATE api_key k SET last_used_at = used.at FROM used WHERE k.institution_id = ${institutionId}::uuid AND k.id = used.id),
      signing AS (UPDATE signing_key s SET last_used_at = used.at FROM used WHERE s.institution_id = ${institutionId}::uuid AND s.id = used.id)
      UPDATE access_token t SET last_used_at = used.at FROM used WHERE t.institution_id = ${institutionId}::uuid AND t.id = used.id`;
  });
}
