import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSiteMap } from "./site-map";

const folder = mkdtempSync(join(tmpdir(), "site-map-"));
afterAll(() => rmSync(folder, { recursive: true }));

const routes = {
  "/page": "/",
  "/(console)/contact-points/page": "/contact-points",
  "/(console)/contact-points/[contactPointId]/page": "/contact-points/[contactPointId]",
  "/docs/[...path]/page": "/docs/[...path]",
  "/help/[[...path]]/page": "/help/[[...path]]",
  "/a.b/page": "/a.b",
  "/_not-found/page": "/_not-found",
  "/api/v1/contact-points/route": "/api/v1/contact-points",
  "/(dialects)/(votel)/api/channels/[id]/route": "/api/channels/[id]",
  "/api/v1/[[...rest]]/route": "/api/v1/[[...rest]]",
  "/healthz/route": "/healthz",
};

describe("R59: what answers at a path", () => {
  mkdirSync(join(folder, ".next"));
  mkdirSync(join(folder, "public/icons"), { recursive: true });
  writeFileSync(join(folder, ".next/app-path-routes-manifest.json"), JSON.stringify(routes));
  writeFileSync(join(folder, "public/icons/app.svg"), "<svg/>");
  const site = readSiteMap(folder);

  it.each([
    ["/", true],
    ["/contact-points", true],
    ["/contact-points/", true],
    ["/contact-points//", true],
    ["/contact-points/x", true],
    ["/contact-points/x/y", false],
    ["/docs", false],
    ["/docs/x/y", true],
    ["/help", true],
    ["/help/x/y", true],
    ["/a.b", true],
    ["/axb", false],
    ["/_not-found", false],
    ["/api/v1/contact-points", false],
    ["/nowhere", false],
  ])("R59: %s is a page: %s", (path, expected) => {
    expect(site.isPage(path)).toBe(expected);
  });

  it("R59: build files and public files are files", () => {
    const paths = ["/_next/static/chunks/x.js", "/icons/app.svg", "/icons", "/icons/other.svg", "/api/v1/x.svg", "/_next/image"];
    expect(paths.map(site.isFile)).toEqual([true, true, false, false, false, false]);
  });

  it("R59: an API's paths are its own", () => {
    const paths = ["/api/v1/contact-points", "/api/channels/x", "/api/v1/x\ny", "/api/channels", "/healthz", "/contact-points"];
    expect(paths.map(site.isProgram)).toEqual([true, true, true, false, false, false]);
  });

  it("a long row of slashes takes no time", () => {
    const row = "/".repeat(300_000);
    expect([`/api/v1${row}\n`, `/api/channels${row}\n`].map(site.isProgram)).toEqual([true, false]);
  });

  it("R59: without a build there are no pages to know", () => {
    const empty = readSiteMap(join(folder, "nowhere"));
    expect([empty.isPage("/"), empty.isFile("/icons/app.svg"), empty.isProgram("/api/channels/x")]).toEqual([false, false, false]);
  });
});
