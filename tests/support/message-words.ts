export interface WordTree {
  [key: string]: string | WordTree;
}

/** `namespace.group.key` with its text, for every text below. */
export function flatten(tree: WordTree, path: string): Array<[string, string]> {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}.${key}`, value] as [string, string]] : flatten(value, `${path}.${key}`),
  );
}

/** What a text in ICU syntax wants to be given: names of values, kinds of choices, and tags, in order of the alphabet. */
export function argumentsOf(text: string): string[] {
  const found = new Set<string>();
  read(text, found);
  for (const [, tag] of text.matchAll(/<(\w+)>/g)) found.add(`<${tag}>`);
  return [...found].sort();
}

function read(text: string, found: Set<string>): void {
  for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", at)) {
    const end = closing(text, at);
    const [name = "", kind, ...rest] = text.slice(at + 1, end).split(",");
    // a language without plurals names the number alone
    found.add(kind === undefined || kind.trim() === "plural" ? name.trim() : `${name.trim()} ${kind.trim()}`);
    const choices = rest.join(",");
    for (let open = choices.indexOf("{"); open >= 0; open = choices.indexOf("{", open)) {
      const close = closing(choices, open);
      read(choices.slice(open + 1, close), found);
      open = close;
    }
    at = end;
  }
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`a brace is never closed: ${text}`);
}
