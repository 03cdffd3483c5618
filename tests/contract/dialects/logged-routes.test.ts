import { expect, test } from "vitest";
import { flushApiRequests } from "@/lib/services/api-requests/record";
import { makeInstitution } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram, makeKey } from "@/tests/support/programs";

test.each(["jane%40example.com", "jane@example.com", "a%2Fb", "x".repeat(10_000), "keys", "%25zz"])(
  "R67: what stands in a path is not in the request log: %s",
  async (written) => {
    const institutionId = await makeInstitution();
    const { key } = await makeKey(institutionId);
    const answer = await callProgram({
      file: "api/v1/keys/[keyId]/route.ts",
      method: "GET",
      path: `/api/v1/keys/${written}`,
      params: { keyId: decodeURIComponent(written) },
      headers: { "x-api-key": key },
    });
    expect(answer.status).toBe(404);
    await flushApiRequests();
    const lines = await asAdmin("SELECT route FROM api_request WHERE institution_id = $1", [institutionId]);
    expect(lines).toEqual([{ route: "/api/v1/keys/{keyId}" }]);
  },
);
