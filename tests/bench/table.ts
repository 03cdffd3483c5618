export interface Line {
  what: string;
  measured: string;
  beside?: string;
  ratio?: number | undefined;
  aim?: string;
}

const lines: Line[] = [];

/** Says what was measured at once, and keeps it for the table at the end. */
export function record(line: Line): void {
  lines.push(line);
  console.log(cells(line).filter(Boolean).join("  ·  "));
}

export function table(): string {
  const rows = [["What", "Measured", "Beside it", "Ratio", "Aim"], ...lines.map(cells)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const [head = [], ...body] = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  return [head, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body].join("\n");
}

function cells({ what, measured, beside = "", ratio, aim = "" }: Line): string[] {
  return [what, measured, beside, ratio === undefined ? "" : ratio.toFixed(2), aim];
}
