import { CONNECTION_FAULTS } from "@/tests/support/smtp/connection-faults";
import { ENVELOPE_FAULTS } from "@/tests/support/smtp/envelope-faults";
import { complaints, type Fault, type Finding, type Ground, layGround, meetAll } from "@/tests/support/smtp/fault";
import { SIGN_IN_FAULTS } from "@/tests/support/smtp/sign-in-faults";
import { TLS_FAULTS } from "@/tests/support/smtp/tls-faults";
import { record } from "./table.ts";

const GROUPS = { connection: CONNECTION_FAULTS, TLS: TLS_FAULTS, "signing in": SIGN_IN_FAULTS, envelope: ENVELOPE_FAULTS };
const AT_ONCE = 60;

/** Every named fault of a mail server, so many conversations each: named rightly, in time, nothing secret in clear. */
export async function benchFaults(times: number): Promise<void> {
  const ground = await layGround();
  try {
    for (const [group, faults] of Object.entries(GROUPS)) await benchGroup(group, faults, ground, times);
  } finally {
    await ground.stop();
  }
}

async function benchGroup(group: string, faults: readonly Fault[], ground: Ground, times: number): Promise<void> {
  const took: number[] = [];
  let right = 0;
  const note = (fault: Fault, finding: Finding) => {
    const wrong = complaints(fault, finding);
    took.push(finding.tookMs);
    if (wrong.length === 0) right += 1;
    else console.log(`${fault.name}: ${wrong.join("; ")}`);
  };
  await meetAll(faults, times, AT_ONCE, note, ground);
  took.sort((a, b) => a - b);
  record({
    what: `faults of ${group}, ${faults.length} × ${times}`,
    measured: `${right} of ${took.length} named rightly, in time, nothing secret in clear`,
    beside: `slowest ${((took.at(-1) ?? 0) / 1000).toFixed(1)} s`,
    ratio: right / took.length,
    aim: "1.00",
  });
}
