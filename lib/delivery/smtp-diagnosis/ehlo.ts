// A constant: what we say to a server must not depend on anybody's input.
export const EHLO = "EHLO [127.0.0.1]";

/** Whether a keyword stands in the answer to EHLO, whose first line is the server's name. */
export function offers(lines: readonly string[], keyword: string): boolean {
  return lines.slice(1).some((line) => line.trim().split(/[ =]/)[0]?.toUpperCase() === keyword);
}
