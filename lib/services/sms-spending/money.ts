import { z } from "zod";

const DECIMALS = 6;
const AMOUNT = /^\d{1,9}([.,]\d{1,6})?$/;

/** An amount as a person writes it, in millionths. */
export const amountSchema = z.string().transform((typed, ctx) => {
  const text = typed.normalize("NFKC").trim();
  if (!AMOUNT.test(text)) {
    ctx.addIssue({ code: "custom", params: { reason: text === "" ? "required" : "amount" } });
    return z.NEVER;
  }
  const [whole = "0", part = ""] = text.split(/[.,]/);
  return BigInt(whole + part.padEnd(DECIMALS, "0"));
});

/** Millionths as a plain decimal, "0.0075". */
export function decimalOf(micros: bigint): string {
  const digits = micros.toString().padStart(DECIMALS + 1, "0");
  const part = digits.slice(-DECIMALS).replace(/0+$/, "");
  return part === "" ? digits.slice(0, -DECIMALS) : `${digits.slice(0, -DECIMALS)}.${part}`;
}
