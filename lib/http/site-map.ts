import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withoutTrailingSlashes } from "./trailing-slashes";

/** What answers at a path: a page of ours, a file as it lies on disk, or a route that knows its own methods. */
export type SiteMap = {
  readonly isPage: (path: string) => boolean;
  readonly isFile: (path: string) => boolean;
  /** Whether one of the APIs has it, which says in its own shape what it refuses. */
  readonly isProgram: (path: string) => boolean;
};

const BUILD_FILES = "/_next/static/";
const PROGRAM = /^\/(?:\(dialects\)|api\/v1)\/.*\/route$/;

/** Reads the build's list of routes; a development server has none, and there every path counts as a route. */
export function readSiteMap(directory: string): SiteMap {
  const routes = readRoutes(join(directory, ".next", "app-path-routes-manifest.json"));
  const anyOf = (wanted: (entry: string, path: string) => boolean) => {
    const patterns = routes.filter(([entry, path]) => wanted(entry, path)).map(([, path]) => pathPattern(path));
    return (asked: string) => {
      const path = withoutTrailingSlashes(asked);
      return patterns.some((pattern) => pattern.test(path));
    };
  };
  const files = new Set(readFiles(join(directory, "public")));
  return {
    isPage: anyOf((entry, path) => entry.endsWith("/page") && !path.startsWith("/_")),
    isFile: (path) => path.startsWith(BUILD_FILES) || files.has(path),
    isProgram: anyOf((entry) => PROGRAM.test(entry)),
  };
}

function readRoutes(file: string): [string, string][] {
  return existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : [];
}

function readFiles(folder: string): string[] {
  if (!existsSync(folder)) {
    return [];
  }
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/"));
}

function pathPattern(path: string): RegExp {
  const steps = path.split("/").filter((step) => step !== "");
  const source = steps.map((step) => {
    if (step.startsWith("[[...")) {
      return "(?:/.+)?";
    }
    if (step.startsWith("[...")) {
      return "/.+";
    }
    return step.startsWith("[") ? "/[^/]+" : `/${step.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`;
  });
  return new RegExp(`^${source.join("")}$`, "s");
}
