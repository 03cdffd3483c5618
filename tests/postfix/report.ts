const failures: string[] = [];

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs one check and prints its line. What it throws is the reason that is printed; the next one runs all the same. */
export async function check<T>(title: string, run: () => Promise<T>): Promise<T | undefined> {
  const began = performance.now();
  try {
    const value = await run();
    say(`ok      ${title} (${Math.round(performance.now() - began)} ms)`);
    return value;
  } catch (error) {
    failures.push(title);
    say(`FAILED  ${title}\n        ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return undefined;
  }
}

export function expectEqual(found: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) {
    throw new Error(`${what}: expected ${b}, found ${a}`);
  }
}

/** Prints the verdict. Returns the exit code. */
export function verdict(): number {
  say(failures.length === 0 ? "\nEvery check passed." : `\n${failures.length} failed: ${failures.join("; ")}.`);
  return failures.length === 0 ? 0 : 1;
}
