import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

function files(pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.includes(".test."))
    .sort();
}

export function source(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** `file#name` of every exported function of the services that takes a context first: verbs, and helpers of verbs. */
export function verbs(): string[] {
  return files("lib/services/**/*.ts").flatMap((file) => {
    const found = source(file).matchAll(/^export (?:async )?function\*? (\w+)(?:<[^(]*>)?\(\s*_?ctx\b/gm);
    return [...found].map(([, name]) => `${file}#${name}`);
  });
}

/** `file#name` of everything that a browser can post a form to. */
export function actions(): string[] {
  return files("app/**/*.ts")
    .filter((file) => /^["']use server["']/.test(source(file)))
    .flatMap((file) =>
      [...source(file).matchAll(/^export (?:const|async function|function) (\w+)/gm)].map(([, name]) => `${file}#${name}`),
    );
}

export function routes(): string[] {
  return files("app/**/route.ts");
}

export function pages(): string[] {
  return files("app/**/page.tsx");
}

/** What the ways in take from the services, types aside: `file#name`. */
export function takenFromServices(folder = "app"): string[] {
  // a folder in parentheses is one of those
  const all = files("app/**/*.{ts,tsx}").filter((file) => file.startsWith(`${folder}/`));
  const taken = all.flatMap((file) =>
    [...source(file).matchAll(/^import \{([^}]*)\} from "@\/(lib\/services\/[^"]+)"/gm)].flatMap(([, names = "", from]) =>
      names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "" && !name.startsWith("type "))
        .map((name) => `${from}.ts#${name}`),
    ),
  );
  return [...new Set(taken)].sort();
}

export function load(file: string): Promise<Record<string, unknown>> {
  return import(join(root, file));
}
