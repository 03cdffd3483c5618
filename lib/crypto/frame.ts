const ABSENT = 0xffffffff;

/** Length-prefixed parts: no two different lists of parts give the same bytes. */
export function frame(label: string, parts: readonly (string | null)[]): Buffer {
  const chunks: Buffer[] = [];
  for (const part of [label, ...parts]) {
    const bytes = Buffer.from(part ?? "", "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part === null ? ABSENT : bytes.length);
    chunks.push(length, bytes);
  }
  return Buffer.concat(chunks);
}
