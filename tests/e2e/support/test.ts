import { basename } from "node:path";
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { watchAnswers } from "./described";
import { signedIn } from "./owner";
import { ORIGIN } from "./surroundings";

// What listens for refusals runs in every frame, and must not in that of a caught mail.
const OWN_SCRIPT = /^Blocked script execution in '[^']*\/catcher\/mail\/[^']*\/html'/;

/** What the browser complained about: errors in the console, uncaught ones, and refusals by the content security policy. */
class Complaints {
  readonly seen: string[] = [];
  readonly expected: RegExp[] = [OWN_SCRIPT];
  /** Answers that are not as their document says: nothing makes one expected. */
  readonly #misfits: string[] = [];
  readonly #read: Array<() => Promise<unknown>> = [];

  async listen(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      if (message.type() === "error") this.seen.push(`${message.text()} (${message.location().url})`);
    });
    this.#read.push(watchAnswers(context, (what) => this.#misfits.push(what)));
    context.on("weberror", (error) => this.seen.push(String(error.error())));
    await context.exposeBinding("__refused", (_source, what: string) => void this.seen.push(what));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        if (event.disposition !== "enforce") return;
        const { __refused } = window as unknown as { __refused(what: string): void };
        __refused(`${event.effectiveDirective} refused ${event.blockedURI}`);
      });
    });
  }

  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** Waits for the answers that are still being read: a page that closes takes them along. */
  async settle(): Promise<void> {
    await Promise.all(this.#read.map((read) => read()));
  }

  rest(): string[] {
    return [...this.#misfits, ...this.seen.filter((what) => !this.expected.some((pattern) => pattern.test(what)))];
  }
}

interface Fixtures {
  complaints: Complaints;
  /** A page in another browser, signed out unless told otherwise. */
  elsewhere: (options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  baseURL: async ({ browserName: _browser }, use) => use(ORIGIN),
  storageState: async ({ browser }, use, { file }) => use(await signedIn(browser, basename(file, ".spec.ts"))),
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints();
      await complaints.listen(context);
      await use(complaints);
      await complaints.settle();
      expect(complaints.rest(), "complaints of the browser").toEqual([]);
    },
    { auto: true },
  ],
  elsewhere: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...SIGNED_OUT, baseURL: ORIGIN, reducedMotion: "reduce", ...options });
      contexts.push(context);
      await complaints.listen(context);
      return context.newPage();
    });
    await complaints.settle();
    for (const context of contexts) await context.close();
  },
});

export const SIGNED_OUT = { storageState: { cookies: [], origins: [] } };
