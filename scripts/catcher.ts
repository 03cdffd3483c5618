import { z } from "zod";
import { startCatcher } from "./catcher/start-catcher";

const settings = z.strictObject({ folder: z.string(), token: z.string().min(20), smtpPort: z.int(), httpPort: z.int() });

const catcher = await startCatcher(settings.parse(JSON.parse(process.env.CATCHER ?? "{}")));
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void catcher.close().then(() => process.exit()));
console.log(`Keeping mail at ${catcher.smtpUrl} and texts at ${catcher.textsUrl}.`);
