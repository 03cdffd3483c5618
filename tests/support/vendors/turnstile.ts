import { randomBytes } from "node:crypto";
import type { TurnstileSettings } from "@/lib/env";
import { type FakeApi, startFakeApi } from "@/tests/support/vendors/fake-api";

export interface FakeTurnstile {
  api: FakeApi;
  settings: TurnstileSettings;
  /** A token as the widget hands it out once it is solved. */
  solve: (action: string, hostname?: string) => string;
  /** Says yes to a token that it has seen before, as it would for a repeated idempotency key. */
  forgetful: boolean;
}

/** As documented: it answers 200 whatever it thinks of the token, and takes each once. */
export async function startTurnstile(): Promise<FakeTurnstile> {
  const secretKey = randomBytes(16).toString("hex");
  const solved = new Map<string, { action: string; hostname: string; used: boolean }>();
  const no = (...codes: string[]) => ({ status: 200, body: { success: false, "error-codes": codes } });
  const api = await startFakeApi(({ method, body }) => {
    const form = new URLSearchParams(body);
    if (method !== "POST" || form.get("secret") !== secretKey) return no("invalid-input-secret");
    const known = solved.get(form.get("response") ?? "");
    if (!known) return no("invalid-input-response");
    if (known.used && !fake.forgetful) return no("timeout-or-duplicate");
    known.used = true;
    const { action, hostname } = known;
    return { status: 200, body: { success: true, "error-codes": [], challenge_ts: new Date().toISOString(), hostname, action, cdata: "" } };
  });
  const fake: FakeTurnstile = {
    api,
    settings: { siteKey: "0x4AAAAAAA", secretKey, verifyUrl: `${api.url}/turnstile/v0/siteverify`, hostnames: ["localhost"] },
    solve: (action, hostname = "localhost") => {
      const token = `0.${randomBytes(200).toString("base64url")}`;
      solved.set(token, { action, hostname, used: false });
      return token;
    },
    forgetful: false,
  };
  return fake;
}
