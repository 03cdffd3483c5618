import { env } from "@/lib/env";
import { issueSetupToken } from "@/lib/services/setup/issue-setup-token";

const token = await issueSetupToken();
if (token === null) console.error("An institution exists already; sign in, or ask an owner for an invitation.");
else console.log(`${env().appOrigin}/setup?token=${encodeURIComponent(token)}`);
process.exit();
