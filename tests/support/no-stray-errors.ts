import { format } from "node:util";
import { afterEach } from "vitest";

// What goes to console.error is a fault nobody asked for; a test that expects one replaces console.error itself.
const stray: string[] = [];
console.error = (...args: unknown[]) => void stray.push(format(...args));

afterEach(() => {
  const lines = stray.splice(0);
  if (lines.length > 0) throw new Error(`console.error was called:\n${lines.join("\n")}`);
});
