import { globSync } from "node:fs";
import { at } from "@/scripts/parts/paths";

/** Every page there is, read from the folder, so that a new one cannot be forgotten: "/members/[memberId]" and the like. */
export function pagesBelow(folder: string): string[] {
  const found = globSync("**/page.tsx", { cwd: at("app", folder) }).map((file) => `/${file}`);
  return found.map((file) => file.replace(/\/page\.tsx$/, "").replace(/\/\([^)]+\)/g, "") || "/").sort();
}

/** Puts real ids and tokens in the brackets; a page that asks for something unheard of fails here. */
export function fill(page: string, samples: Record<string, string>): string {
  return page.replace(/\[(\w+)\]/g, (_, name: string) => {
    const value = samples[`${page} ${name}`] ?? samples[name];
    if (!value) throw new Error(`${page} needs a sample of ${name}`);
    return value;
  });
}
