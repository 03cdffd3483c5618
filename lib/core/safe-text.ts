import { z } from "zod";

export const TEXT_REASONS = ["control_character", "bidi_control", "too_short", "too_long"] as const;

export type TextReason = (typeof TEXT_REASONS)[number];
export type TextLimits = { max: number; min?: number };
export type TextResult = { ok: true; value: string } | { ok: false; reason: TextReason };

// C0, C1, line and paragraph separators, and half of a surrogate pair, which no column can hold.
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
// Embeddings, overrides and isolates reorder what stands around the text; the plain marks do not.
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u;

/** One line of text as names, labels and subjects need it: trimmed, NFC, measured in characters. */
export function checkSingleLine(input: string, { max, min = 1 }: TextLimits): TextResult {
  if (CONTROLS.test(input)) return { ok: false, reason: "control_character" };
  if (BIDI_CONTROLS.test(input)) return { ok: false, reason: "bidi_control" };
  const value = tidy(input);
  const length = countCharacters(value);
  if (length > max) return { ok: false, reason: "too_long" };
  if (length < min || (min > 0 && !VISIBLE.test(value))) return { ok: false, reason: "too_short" };
  return { ok: true, value };
}

/** The same as a zod schema; the issue's message and `params.reason` are the reason itself. */
export function singleLineText(limits: TextLimits) {
  return z
    .string()
    .check((context) => {
      const result = checkSingleLine(context.value, limits);
      if (!result.ok) {
        context.issues.push({
          code: "custom",
          input: context.value,
          message: result.reason,
          params: { reason: result.reason, max: limits.max, min: limits.min ?? 1 },
          continue: false,
        });
      }
    })
    .overwrite(tidy)
    .meta({ minLength: limits.min ?? 1, maxLength: limits.max });
}

export function countCharacters(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function tidy(text: string): string {
  return text.normalize("NFC").trim();
}
