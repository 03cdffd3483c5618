import type { ActionState } from "@/lib/actions/action-state";
import { asBrowser, type Browser, type Visit } from "@/tests/support/next";
import { load } from "@/tests/support/site";

export interface Posted {
  /** `fine`, an error's code, or `sign-in` where a refusal leads there. */
  code: string;
  state?: ActionState;
  visit?: Visit;
}

/** Posts a form to an action as a browser would, and says what came of it. */
export async function post(key: string, browser: Browser, values: Record<string, string> = {}): Promise<Posted> {
  const [file = "", name = ""] = key.split("#");
  const action: (...args: unknown[]) => Promise<unknown> = (await load(file))[name] as never;
  const form = new FormData();
  for (const [field, value] of Object.entries(values)) form.set(field, value);
  try {
    // a form's action is given its last state before the form; a button's is not
    const visit = await asBrowser(browser, () => (action.length === 1 ? action(form) : action({ status: "idle" }, form)));
    if (visit.kind === "redirect") {
      return { code: visit.to === "/sign-in" && name !== "signOutAction" && name !== "revokeAllAction" ? "sign-in" : "fine", visit };
    }
    const state = visit.kind === "answer" ? (visit.value as ActionState | undefined) : undefined;
    return { code: state?.status === "error" ? state.code : "fine", visit, ...(state ? { state } : {}) };
  } catch (error) {
    // a button's refusal goes to the error page, by its code and reference
    const refused = /^(\w+) \(req_[0-9a-f]{16}\)$/.exec(error instanceof Error ? error.message : "");
    if (!refused?.[1]) {
      throw error;
    }
    return { code: refused[1] };
  }
}
