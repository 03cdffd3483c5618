import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { expect, test } from "vitest";
import { newVapidKeys } from "@/lib/crypto/vapid";

test("a key pair for web push: 65 and 32 bytes always, and the halves belong together", () => {
  const seen = new Set<string>();
  // one key in 256 begins with a zero byte, which must not be lost
  for (let round = 0; round < 600; round++) {
    const { publicKey, privateKey } = newVapidKeys();
    const point = Buffer.from(publicKey, "base64url");
    expect([point.length, point[0], Buffer.from(privateKey, "base64url").length]).toEqual([65, 4, 32]);
    seen.add(publicKey);
    if (round % 100 === 0) {
      const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
      const signature = sign("sha256", Buffer.from("hello"), createPrivateKey({ format: "jwk", key: { ...jwk, d: privateKey } }));
      expect(verify("sha256", Buffer.from("hello"), createPublicKey({ format: "jwk", key: jwk }), signature)).toBe(true);
    }
  }
  expect(seen.size).toBe(600);
});
