/** One line of RFC 4180; a cell that a spreadsheet would take for a formula is made plain text. */
export function csvLine(cells: ReadonlyArray<string | null>): string {
  return `${cells.map((cell) => quote(harmless(cell ?? ""))).join(",")}\r\n`;
}

// The full-width signs count too: some spreadsheets read them as the plain ones.
const FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠|]/u;

function harmless(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
