import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";

const HOST = "https://challenges.cloudflare.com";

/** What the vendor's script does for a page, as far as a page sees it: a frame, and a token in a field of the form. */
const SCRIPT = `
  const widgets = new Map();
  window.turnstile = {
    render(place, options) {
      const id = String(widgets.size + 1);
      const frame = document.createElement("iframe");
      frame.src = "${HOST}/frame";
      frame.title = "Challenge";
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "cf-turnstile-response";
      place.append(frame, field);
      const solve = () => { setTimeout(() => { field.value = options.action + "." + crypto.randomUUID(); options.callback(field.value); }, 300); };
      widgets.set(id, { solve, parts: [frame, field] });
      solve();
      return id;
    },
    reset(id) { widgets.get(id)?.solve(); },
    remove(id) { for (const part of widgets.get(id)?.parts ?? []) part.remove(); },
  };`;

/** The vendor's host as this page's browser sees it. */
export async function fakeWidget(page: Page): Promise<void> {
  await page.route(`${HOST}/**`, (route) =>
    route.request().url().includes("/api.js")
      ? route.fulfill({ contentType: "text/javascript", body: SCRIPT })
      : route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Challenge</title>" }),
  );
}

/** The vendor's server: each token that the widget made is good once, for the action that it names. */
export async function startSiteverify() {
  const used = new Set<string>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString("utf8"));
    const token = form.get("response") ?? "";
    const [action = ""] = token.split(".");
    asked.push(action);
    const success = form.get("secret") === "secret" && !used.has(token);
    used.add(token);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ success, action, hostname: "localhost", "error-codes": success ? [] : ["timeout-or-duplicate"] }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    asked,
    settings: {
      TURNSTILE_SITE_KEY: "0x4AAAAAAA",
      TURNSTILE_SECRET_KEY: "secret",
      TURNSTILE_VERIFY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/siteverify`,
    },
    stop: () => server.close(),
  };
}
