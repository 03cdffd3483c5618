import { describe, expect, it } from "vitest";
import { assertSameOrigin } from "./same-origin";

const ours = "https://reach.example";
const sites = [null, "same-origin", "same-site", "cross-site", "none", "Same-Origin", ""];
const origins = [null, ours, "null", "", "https://evil.example", "http://reach.example", `${ours}:444`, `${ours}.evil.example`, `${ours}/`];

const allowed = [
  ["same-origin", null],
  ["same-origin", ours],
  [null, ours],
];

function ask(site: string | null, origin: string | null): boolean {
  const headers = new Headers({ host: "reach.example", "x-forwarded-host": "reach.example" });
  for (const [name, value] of [
    ["sec-fetch-site", site],
    ["origin", origin],
  ] as const) {
    if (value !== null) {
      headers.set(name, value);
    }
  }
  return assertSameOrigin(headers, ours);
}

describe("R57: the CSRF matrix", () => {
  const matrix = sites.flatMap((site) => origins.map((origin) => [site, origin] as const));

  it.each(matrix)("R57: Sec-Fetch-Site %j with Origin %j", (site, origin) => {
    const expected = allowed.some(([s, o]) => s === site && o === origin);
    expect(ask(site, origin)).toBe(expected);
  });

  it("R57: our own origin is the setting's, whatever host the request names", () => {
    const headers = new Headers({ origin: "https://evil.example", host: "evil.example" });
    expect(assertSameOrigin(headers, ours)).toBe(false);
    expect(assertSameOrigin(new Headers({ origin: "http://localhost:3000" }), "http://localhost:3000")).toBe(true);
  });
});
