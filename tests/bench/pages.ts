import { gzipSync } from "node:zlib";
import { record } from "./table.ts";

export interface Page {
  name: string;
  url: string;
  headers: Record<string, string>;
}

/** What a browser loads before anything else: every script that the page's HTML names, compressed. */
export async function benchScripts(pages: readonly Page[], empty: Page): Promise<void> {
  const beside = await scripts(empty);
  for (const page of pages) {
    const measured = await scripts(page);
    record({
      what: `first-load JavaScript, ${page.name}`,
      measured: `${measured.toFixed(0)} kB`,
      beside: `${beside.toFixed(0)} kB, an empty page`,
      ratio: measured / beside,
      aim: "≤ 180 kB",
    });
  }
}

async function scripts({ url, headers }: Page): Promise<number> {
  const response = await fetch(url, { headers, redirect: "manual" });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  const html = await response.text();
  const sources = new Set(
    [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag)).map(([, src]) => src),
  );
  let bytes = 0;
  for (const source of sources) {
    const script = await fetch(new URL(source ?? "", url));
    bytes += gzipSync(Buffer.from(await script.arrayBuffer())).length;
  }
  return bytes / 1000;
}
