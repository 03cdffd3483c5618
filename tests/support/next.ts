import type { AsyncLocalStorage } from "node:async_hooks";
import { isValidElement, type ReactElement, type ReactNode } from "react";
import { vi } from "vitest";
import type { SignedInMember } from "@/lib/auth/actor";
import { issueSessionToken, sessionCookieName } from "@/lib/auth/session-token";
import { env } from "@/lib/env";

// Next hands a page or an action its request out of band, so its three doors are the only things replaced here.

interface Incoming {
  headers: Headers;
  cookies: Map<string, string>;
}

const door = vi.hoisted(() => ({ incoming: undefined as AsyncLocalStorage<Incoming> | undefined }));

function incoming(): Incoming {
  const found = door.incoming?.getStore();
  if (!found) {
    throw new Error("a page or an action ran outside of asBrowser");
  }
  return found;
}

vi.mock("next/headers", () => ({
  headers: async () => incoming().headers,
  cookies: async () => {
    const { cookies } = incoming();
    return {
      get: (name: string) => (cookies.has(name) ? { name, value: cookies.get(name) } : undefined),
      set: (name: string, value: string) => void cookies.set(name, value),
    };
  },
}));

vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));

vi.mock("next-intl/server", async () => {
  const { createTranslator } = await import("next-intl");
  const { resolveLocale } = await import("@/lib/i18n/resolve-locale");
  const { loadAllMessages } = await import("@/lib/i18n/namespaces");
  const getLocale = async () => resolveLocale({ preferred: null, cookie: null, acceptLanguage: incoming().headers.get("accept-language") });
  return {
    getLocale,
    getRequestConfig: (config: unknown) => config,
    getTranslations: async (asked?: string | { locale?: string; namespace?: string }) => {
      const { locale = await getLocale(), namespace } = typeof asked === "string" ? { namespace: asked } : (asked ?? {});
      const messages = await loadAllMessages(locale as never);
      return createTranslator({ locale, messages, timeZone: "UTC", ...(namespace ? { namespace: namespace as never } : {}) });
    },
  };
});

const { AsyncLocalStorage: Storage } = await import("node:async_hooks");
door.incoming = new Storage<Incoming>();

/** Who a browser is signed in as, and what it says of where a request comes from. */
export interface Browser {
  as?: { actor: Pick<SignedInMember, "sessionId" | "userId"> } | undefined;
  headers?: Record<string, string>;
}

export type Visit =
  | { kind: "answer"; value: unknown; cookies: ReadonlyMap<string, string> }
  | { kind: "redirect"; to: string; cookies: ReadonlyMap<string, string> }
  | { kind: "not_found" };

const OWN_PAGES = { "sec-fetch-site": "same-origin", "accept-language": "en" };

/** Runs what Next would run for one request of this browser. What Next does with its own errors is the outcome. */
export async function asBrowser(
  { as, headers = { ...OWN_PAGES, origin: env().appOrigin } }: Browser,
  run: () => Promise<unknown>,
): Promise<Visit> {
  const cookies = new Map<string, string>();
  if (as) {
    cookies.set(sessionCookieName(), await issueSessionToken({ id: as.actor.sessionId, userId: as.actor.userId }));
  }
  const store = { headers: new Headers({ "accept-language": "en", ...headers }), cookies };
  try {
    return { kind: "answer", value: await door.incoming?.run(store, run), cookies };
  } catch (error) {
    const digest = String((error as { digest?: unknown } | null)?.digest ?? "");
    if (digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;404")) {
      return { kind: "not_found" };
    }
    if (digest.startsWith("NEXT_REDIRECT;")) {
      return { kind: "redirect", to: digest.split(";")[2] ?? "", cookies };
    }
    throw error;
  }
}

const AsyncComponent = (async () => undefined).constructor;

/** Runs every server component that reads within a page's tree; gives back what stands in it as text. */
export async function readTree(node: ReactNode | Promise<ReactNode>): Promise<string> {
  const found = await node;
  if (typeof found === "string" || typeof found === "number") {
    return `${found}\n`;
  }
  if (Array.isArray(found)) {
    const texts: string[] = [];
    for (const child of found) texts.push(await readTree(child));
    return texts.join("");
  }
  if (!isValidElement(found)) {
    // a row of a table
    return found !== null && typeof found === "object" ? readValues(found) : "";
  }
  const { type, props } = found as ReactElement<Record<string, unknown>>;
  if (type instanceof AsyncComponent) {
    return readTree((type as (given: unknown) => Promise<ReactNode>)(props));
  }
  return readValues(props);
}

async function readValues(of: object): Promise<string> {
  const texts: string[] = [];
  for (const value of Object.values(of)) texts.push(await readProp(value));
  return texts.join("");
}

async function readProp(value: unknown): Promise<string> {
  if (isValidElement(value) || typeof value === "string" || Array.isArray(value)) {
    return readTree(value as ReactNode);
  }
  return value !== null && typeof value === "object" ? `${JSON.stringify(value)}\n` : "";
}
