import { KeyringError } from "@/lib/crypto/keyring";
import { BootError } from "@/lib/db/assert-role";
import { SettingsError } from "@/lib/env";

interface DatabaseFailure {
  code?: string;
  message?: string;
  name?: string;
  meta?: { driverAdapterError?: { cause?: { kind?: string } } };
}

/** Why a program cannot start, in words for whoever starts it and without any value of a setting. */
export function bootFailure(error: unknown): string {
  if (error instanceof SettingsError || error instanceof BootError || error instanceof KeyringError) {
    return error.message;
  }
  const { code, message, name, meta } = error as DatabaseFailure;
  const kind = meta?.driverAdapterError?.cause?.kind;
  if (code === "P2021" || kind === "TableDoesNotExist" || message?.startsWith("pg-boss")) {
    return "the database is not up to date; run the migrations first";
  }
  return `the database does not answer as it should (${kind ?? code ?? name ?? "unknown"})`;
}
