/** The `name=value; …` lists of DKIM and DMARC, names in lower case. null: no such list, or a name twice. */
export function readTags(text: string): Map<string, string> | null {
  const tags = new Map<string, string>();
  const parts = text.split(";").map((part) => part.trim());
  if (parts.at(-1) === "") {
    parts.pop();
  }
  for (const part of parts) {
    const [, name, value] = /^([a-z][a-z0-9_]*)\s*=\s*(.*)$/is.exec(part) ?? [];
    if (name === undefined || value === undefined || tags.has(name.toLowerCase())) {
      return null;
    }
    tags.set(name.toLowerCase(), value.trim());
  }
  return tags.size > 0 ? tags : null;
}
