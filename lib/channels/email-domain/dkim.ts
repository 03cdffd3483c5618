import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { type Judgement, printable } from "@/lib/channels/email-domain/checks";
import { readTags } from "@/lib/channels/email-domain/tags";

const KEY_BITS = 2048;

/** The private half as PEM, the public one as it stands in DNS. */
export async function newDkimKey(): Promise<{ privateKey: string; publicKey: string }> {
  const pair = await promisify(generateKeyPair)("rsa", {
    modulusLength: KEY_BITS,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { privateKey: pair.privateKey, publicKey: pair.publicKey.toString("base64") };
}

export function dkimName(selector: string, domain: string): string {
  return `${selector}._domainkey.${domain}`;
}

export function dkimValue(publicKey: string): string {
  return `v=DKIM1; k=rsa; p=${publicKey}`;
}

/** Shorter than this, a beginning that fits is chance. */
const CUT_MIN = 40;

export function judgeDkim(values: readonly string[], publicKey: string): Judgement {
  const found = printable(values);
  const [record] = values;
  if (record === undefined) {
    return { status: "missing", advice: "dkim_missing", found };
  }
  if (values.length > 1) {
    return { status: "wrong", advice: "dkim_several", params: { count: values.length }, found };
  }
  const tags = readTags(record);
  const key = tags?.get("p")?.replace(/\s/g, "");
  if (!tags || key === undefined || (tags.get("v") ?? "DKIM1") !== "DKIM1") {
    return { status: "wrong", advice: "dkim_syntax", found };
  }
  if (key === "") {
    return { status: "wrong", advice: "dkim_revoked", found };
  }
  if ((tags.get("k") ?? "rsa").toLowerCase() !== "rsa") {
    return { status: "wrong", advice: "dkim_key_type", found };
  }
  if (key !== publicKey) {
    const cut = key.length >= CUT_MIN && publicKey.startsWith(key);
    return { status: "wrong", advice: cut ? "dkim_key_cut" : "dkim_key_mismatch", found };
  }
  const testing = (tags.get("t") ?? "").split(":").some((flag) => flag.trim().toLowerCase() === "y");
  return testing ? { status: "warning", advice: "dkim_testing", found } : { status: "ok", found };
}
