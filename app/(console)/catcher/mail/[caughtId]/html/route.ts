import { defineRoute, operation } from "@/lib/http/define-route";
import { getCaughtMail } from "@/lib/services/catcher/get";
import { isCaughtId } from "@/lib/services/catcher/list";

/** The HTML of one caught mail, for its frame. What it may do there is little: lib/http/security-headers.ts. */
export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "The HTML of a caught mail",
    answer: { media: ["text/html; charset=utf-8"] },
    isParam: isCaughtId,
    handle: async (ctx, { params }) => {
      const { html } = await getCaughtMail(ctx, params);
      return new Response(inNewTabs(html ?? ""), { headers: { "content-type": "text/html; charset=utf-8" } });
    },
  }),
});

/** Links leave the frame, which itself may not go anywhere. */
function inNewTabs(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : `<!doctype html>${base}${html}`;
}
