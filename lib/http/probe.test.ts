import { describe, expect, it } from "vitest";
import { DELETE, GET, OPTIONS, PATCH, POST, PUT } from "@/app/healthz/route";

describe("R73: probes", () => {
  it("R73: /healthz answers without asking anybody", async () => {
    const answer = await GET();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: "ok" });
  });

  it.each(Object.entries({ POST, PUT, PATCH, DELETE, OPTIONS }))(
    "R59: %s on a probe is refused, saying what is allowed",
    (_method, refuse) => {
      const answer = refuse();
      expect(answer.status).toBe(405);
      expect(answer.headers.get("allow")).toBe("GET, HEAD");
    },
  );
});
