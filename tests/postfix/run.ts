import "@/tests/support/settings";
import { join } from "node:path";
import { setLogLevel } from "@/lib/core/logger";
import { closePrisma } from "@/lib/db/client";
import { startDns } from "@/tests/support/dns-server";
import { startDatabase } from "./database.ts";
import { tryLadder } from "./ladder.ts";
import { postfix } from "./postfix.ts";
import { say, verdict } from "./report.ts";
import { tryWholeWay } from "./whole-way.ts";

say(`Postfix at ${postfix.host} (${postfix.address}), ports 587 and 465\n`);
const dns = await startDns();
for (const name of [postfix.host, "post.clinic.example"]) {
  dns.zones.set(name, { a: [postfix.address] });
}
const database = await startDatabase(join(postfix.folder, "database"));
// Read by everything that comes from here on. The system's own mail server stays one that nobody runs.
Object.assign(process.env, { DATABASE_URL: database.url, DNS_SERVERS: dns.address, SMTP_ALLOW_CIDRS: `${postfix.address}/32` });
try {
  await tryLadder();
  await tryWholeWay(dns);
} finally {
  await closePrisma();
  // A connection that is being closed may see the server go first.
  setLogLevel("silent");
  await database.stop();
  await dns.stop();
}
process.exit(verdict());
