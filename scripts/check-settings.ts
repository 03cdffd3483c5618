import { env, SettingsError } from "@/lib/env";

try {
  env();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(`${error.message}.`);
  process.exitCode = 1;
}
