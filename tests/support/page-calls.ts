import type { ReactNode } from "react";
import { readTree } from "@/tests/support/next";
import { load } from "@/tests/support/site";

interface Asked {
  params?: Record<string, string> | undefined;
  search?: Record<string, string> | undefined;
}

/** A page with its title, as Next asks for them; gives back what stands in it as text. Run within `asBrowser`. */
export async function readPage(file: string, { params = {}, search = {} }: Asked = {}): Promise<string> {
  const page: { default: (props: object) => Promise<ReactNode>; generateMetadata?: (props: object) => Promise<unknown> } = (await load(
    file,
  )) as never;
  const props = { params: Promise.resolve(params), searchParams: Promise.resolve(search) };
  const title = await page.generateMetadata?.(props);
  return `${JSON.stringify(title)}\n${await readTree(page.default(props))}`;
}
