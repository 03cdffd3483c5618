import type { HttpTextConfig } from "@/lib/channels/providers/http-text/config";
import { printable } from "@/lib/delivery/result";

type Rule = Pick<HttpTextConfig, "successStatus" | "successCheck" | "successText" | "successPath" | "successValue">;

export function isSuccessStatus({ successStatus }: Pick<Rule, "successStatus">, status: number): boolean {
  return successStatus.split(",").some((range) => {
    const [from = "", to = from] = range.split("-");
    return status >= Number(from) && status <= Number(to);
  });
}

/** Whether the gateway took the text: its status, and if asked for a piece of its answer or one value in it. */
export function isSuccess(rule: Rule, { status, body }: { status: number; body: string }): boolean {
  if (!isSuccessStatus(rule, status)) return false;
  if (rule.successCheck === "text") return rule.successText !== undefined && body.includes(rule.successText);
  return rule.successCheck === "status" || valueAt(body, rule.successPath) === rule.successValue;
}

/** The gateway's own number for the text, if it says one where the settings look for it. */
export function referenceOf({ referencePath }: Pick<HttpTextConfig, "referencePath">, body: string): string | undefined {
  const value = referencePath === undefined ? undefined : valueAt(body, referencePath);
  return value === undefined ? undefined : printable(value) || undefined;
}

/** `messages.0.status`: own members only; undefined for what is no text, number or truth value. */
function valueAt(json: string, path: string | undefined): string | undefined {
  let value: unknown = parse(json);
  for (const key of path?.split(".") ?? []) {
    value = typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
