import type { FormAction } from "@/lib/actions/action-state";
import { ClientError } from "@/lib/queries/fetch-json";

/** Calls a form action from a mutation: a refusal is thrown, so that all callers fail in one shape. */
export async function callAction(action: FormAction, fields: Record<string, string>): Promise<unknown> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.set(name, value);
  }
  const state = await action({ status: "idle" }, form);
  if (state.status === "error") {
    throw new ClientError(state.fields?.[0]?.message ?? state.message, state.code, state.retryAfterSec ?? null);
  }
  return state.status === "ok" ? state.data : undefined;
}

/** What a form would post, its texts. */
export function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const entries = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith("$ACTION")));
}
