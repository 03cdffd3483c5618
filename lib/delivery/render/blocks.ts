/** A mail before it is HTML or plain text: both are made from the same parts, so they say the same. */
export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "note"; text: string }
  | { kind: "code"; label: string; code: string }
  | { kind: "button"; label: string; href: string }
  | { kind: "facts"; rows: ReadonlyArray<readonly [label: string, value: string]> };

export type Draft = {
  subject: string;
  preheader: string;
  heading: string;
  blocks: readonly Block[];
  footer: string;
};

export function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}

export function note(text: string): Block {
  return { kind: "note", text };
}

/** Only a web address may stand behind a button, whatever the data says. */
export function button(label: string, href: string): Block {
  const { protocol } = new URL(href);
  if (protocol !== "https:" && protocol !== "http:") throw new TypeError(`a mail links to the web only, not to ${protocol}`);
  return { kind: "button", label, href };
}
