import type { Block, Draft } from "@/lib/delivery/render/blocks";

/** The text alternative: the same parts in the same order. */
export function renderPlain(draft: Draft): string {
  return `${[draft.heading, ...draft.blocks.map(renderBlock), `-- \n${draft.footer}`].join("\n\n")}\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "paragraph":
    case "note":
      return block.text;
    case "button":
      return `${block.label}\n${block.href}`;
    case "code":
      return `${block.label}\n${block.code}`;
    case "facts":
      return block.rows.map(([label, value]) => `${label}\n${value}`).join("\n\n");
  }
}
