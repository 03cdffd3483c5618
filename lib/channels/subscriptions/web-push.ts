import { ECDH } from "node:crypto";
import { z } from "zod";
import { defineSubscriptionType } from "@/lib/channels/subscriptions/define";
import { maskAddress } from "@/lib/channels/subscriptions/mask-address";
import { endpointKey, endpointProblem } from "@/lib/channels/subscriptions/push-endpoint";

const POINT_BYTES = 65;
const UNCOMPRESSED = 4;
const AUTH_BYTES = 16;

const endpoint = (hosts: readonly string[]) =>
  z.string().superRefine((text, ctx) => {
    const reason = endpointProblem(text, hosts);
    if (reason) ctx.addIssue({ code: "custom", params: reason === "too_long" ? { reason, max: 2048 } : { reason } });
  });

/** RFC 8291: the browser's public key. */
const p256dh = z.string().refine((text) => isPoint(bytesOf(text)), { params: { reason: "push_p256dh" } });
const auth = z.string().refine((text) => bytesOf(text)?.length === AUTH_BYTES, { params: { reason: "push_auth" } });

/** A browser's subscription, as `PushSubscription` has it (R40). */
export const webPush = defineSubscriptionType({
  id: "push",
  settings: (hosts) => z.object({ endpoint: endpoint(hosts), p256dh, auth }),
  secret: ["auth"],
  masked: ["endpoint"],
  address: ({ endpoint: url }) => url,
  key: endpointKey,
  mask: maskAddress,
});

/** base64url, or base64 as some pages make it; null for what is neither, or not the one way to write its bytes. */
function bytesOf(text: string): Buffer | null {
  const plain = text
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/={1,2}$/, "");
  const bytes = Buffer.from(plain, "base64url");
  return bytes.toString("base64url") === plain ? bytes : null;
}

function isPoint(bytes: Buffer | null): boolean {
  if (bytes?.length !== POINT_BYTES || bytes[0] !== UNCOMPRESSED) {
    return false;
  }
  try {
    ECDH.convertKey(bytes, "prime256v1");
    return true;
  } catch {
    return false;
  }
}
