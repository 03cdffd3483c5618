import type { z } from "zod";
import { AppError, notFound } from "@/lib/core/errors";
import { env } from "@/lib/env";

const TIMEOUT_MS = 5000;

/** One question to the catcher on this machine. Without one there is nothing to be found. */
export async function askCatcher<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  const { catcher } = env();
  if (!catcher) {
    throw notFound();
  }
  const response = await ask(new URL(path, catcher.url), catcher.token);
  if (response.status === 404 || response.status === 400) {
    throw notFound();
  }
  if (!response.ok) {
    throw new AppError("unavailable", { cause: new Error(`the catcher answered ${response.status}`) });
  }
  return schema.parse(await response.json());
}

async function ask(url: URL, token: string): Promise<Response> {
  try {
    return await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new AppError("unavailable", { cause });
  }
}
