import { assertRole } from "@/lib/db/assert-role";
import { closePrisma } from "@/lib/db/client";
import { rewrapSecrets } from "@/lib/services/secrets/rewrap";

/** `--batch 100`: rows a transaction. */
const at = process.argv.indexOf("--batch");
const batch = at < 0 ? undefined : Number(process.argv[at + 1]);
if (batch !== undefined && !(Number.isInteger(batch) && batch >= 1 && batch <= 10_000)) {
  console.error("--batch takes a number from 1 to 10000.");
  process.exit(2);
}

try {
  await assertRole();
  const { seen, changed, unreadable } = await rewrapSecrets({
    ...(batch ? { batch } : {}),
    progress: (done) => console.log(`${done.seen} looked at, ${done.changed} rewrapped`),
  });
  if (unreadable.length > 0) {
    console.error(`These do not open with the keys that there are, and were left as they are:\n${unreadable.join("\n")}`);
    console.error("Keep the earlier keys in SECRETS_KEYS, or enter these secrets again.");
    process.exitCode = 1;
  } else {
    console.log(`Done: ${changed} of ${seen} were rewrapped. Only the first key of SECRETS_KEYS is needed from now on.`);
  }
} catch (error) {
  console.error(`The secrets could not be rewrapped: ${error instanceof Error ? error.message || error.name : String(error)}`);
  console.error("What was done stays done; run it again to go on.");
  process.exitCode = 1;
} finally {
  await closePrisma();
}
