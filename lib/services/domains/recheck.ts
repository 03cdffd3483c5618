import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { inInstitution, outsideInstitutions } from "@/lib/db/unit-of-work";
import { examineDomain } from "@/lib/services/domains/examine";
import { systemContext } from "@/lib/services/messages/system-context";

const AT_ONCE = 5;
const BATCH = 50;
/** A look that a worker took on and did not finish is due again after so long. */
const CLAIM_SEC = 300;
const EVERY_MS = 30_000;

interface Due {
  institutionId: string;
  id: string;
}

/** Looks at the domains that are due, a few at a time. Returns how many it looked at. */
export async function recheckDueDomains(signal?: AbortSignal): Promise<number> {
  const due = await outsideInstitutions(
    (tx) => tx.$queryRaw<Due[]>`SELECT institution_id AS "institutionId", id FROM due_email_domains(${BATCH}::int)`,
  );
  let looked = 0;
  const next = async (): Promise<void> => {
    for (let domain = due.shift(); domain && !signal?.aborted; domain = due.shift()) {
      if (await recheck(domain, signal)) {
        looked += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return looked;
}

async function recheck({ institutionId, id }: Due, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    if (!(await claim(institutionId, id))) {
      return false;
    }
    await examineDomain(institutionId, id, { by: systemContext(), asked: false, ...(signal ? { signal } : {}) });
    return true;
  } catch (error) {
    // deleted while it was looked at, or left to whoever comes next
    if (!signal?.aborted && !(error instanceof AppError && error.code === "not_found")) {
      logger.error({ err: error, institutionId, domainId: id }, "a domain could not be looked at");
    }
    return false;
  }
}

/** Of several workers one gets it. */
async function claim(institutionId: string, id: string): Promise<boolean> {
  const taken = await inInstitution(
    institutionId,
    (tx) => tx.$executeRaw`
      UPDATE email_domain SET next_check_at = now() + make_interval(secs => ${CLAIM_SEC})
       WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid AND next_check_at <= now()`,
  );
  return taken > 0;
}

/** From now on, the first time at once. */
export function startDomainChecks(everyMs = EVERY_MS): { stop(): Promise<void> } {
  const end = new AbortController();
  let running: Promise<void> | undefined;
  const tick = () => {
    running ??= recheckDueDomains(end.signal)
      .then(
        (looked) => void (looked > 0 && logger.info({ looked }, "domains looked at")),
        (error: unknown) => logger.error({ err: error }, "domains could not be looked at"),
      )
      .finally(() => {
        running = undefined;
      });
  };
  tick();
  const timer = setInterval(tick, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      end.abort();
      await running;
    },
  };
}
