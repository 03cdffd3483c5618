import type { Block, Draft } from "@/lib/delivery/render/blocks";

const FONT =
  "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','PingFang SC','PingFang TC','Hiragino Sans','Noto Sans CJK SC',Arial,sans-serif";
const MONO = "ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono',monospace";

// Inline styles hold the light look, for clients that drop the style element; the classes turn it dark.
const DARK = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:#12151b!important}
.card{background:#1b2029!important;border-color:#343c4a!important}
.text{color:#e8ebf1!important}
.quiet{color:#aeb6c4!important}
.code{background:#262d39!important;color:#f4f6fa!important;border-color:#465062!important}
.button{background:#9db8ff!important;color:#0d1524!important;border-color:#9db8ff!important}
}`;

export function renderHtml(draft: Draft, lang: string): string {
  const e = escapeHtml;
  return `<!doctype html>
<html lang="${e(lang)}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${e(draft.subject)}</title>
<style>
${DARK}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f4f7;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${e(draft.preheader)}</div>
<div class="page" role="article" aria-roledescription="email" aria-label="${e(draft.subject)}" lang="${e(lang)}" style="padding:24px 12px;background:#f3f4f7;font-family:${FONT};font-size:16px;line-height:1.5">
<!--[if mso]><table role="presentation" align="center" width="560"><tr><td><![endif]-->
<div class="card" style="max-width:560px;margin:0 auto;padding:28px 24px;box-sizing:border-box;background:#ffffff;border:1px solid #d8dce4;border-radius:12px">
<h1 class="text" style="margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:600;color:#171b24">${e(draft.heading)}</h1>
${draft.blocks.map(renderBlock).join("\n")}
</div>
<div class="quiet" style="max-width:560px;margin:16px auto 0;padding:0 24px;box-sizing:border-box;font-size:13px;color:#525b6b">${e(draft.footer)}</div>
<!--[if mso]></td></tr></table><![endif]-->
</div>
</body>
</html>
`;
}

function renderBlock(block: Block): string {
  const e = escapeHtml;
  switch (block.kind) {
    case "paragraph":
      return `<p class="text" style="margin:0 0 16px;color:#171b24;overflow-wrap:anywhere">${e(block.text)}</p>`;
    case "note":
      return `<p class="quiet" style="margin:0 0 12px;font-size:14px;color:#525b6b;overflow-wrap:anywhere">${e(block.text)}</p>`;
    case "button":
      return `<p style="margin:0 0 20px"><a class="button" href="${e(block.href)}" style="display:inline-block;padding:12px 20px;border:1px solid #1d4ed8;border-radius:8px;background:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none">${e(block.label)}</a></p>`;
    case "code":
      return `<p class="text" style="margin:0 0 8px;color:#171b24">${e(block.label)}</p>
<p style="margin:0 0 20px"><span class="code" style="display:inline-block;padding:10px 16px;border:1px solid #d8dce4;border-radius:8px;background:#f3f4f7;color:#171b24;font-family:${MONO};font-size:28px;line-height:1.2;font-weight:600;letter-spacing:4px">${e(block.code)}</span></p>`;
    case "facts":
      return `<dl style="margin:0 0 16px">
${block.rows.map(([label, value]) => `<dt class="quiet" style="font-size:14px;color:#525b6b">${e(label)}</dt><dd class="text" style="margin:0 0 10px;color:#171b24;overflow-wrap:anywhere">${e(value)}</dd>`).join("\n")}
</dl>`;
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}
