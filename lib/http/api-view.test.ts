import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlOf } from "@/lib/http/api-view";

test("a name of a channel is a word to the shell, whatever it is made of", () => {
  const body = { label: "it's `id` $(id) $HOME \\ \" ! \n 邮" };
  const command = curlOf("http://localhost:3000", { method: "POST", path: "/x", headers: { "X-API-Key": "$KEY" }, body });
  const shown = spawnSync("sh", ["-c", command.replace(/^curl/, "printf '%s\\0'")], {
    env: { ...process.env, KEY: "sk_1" },
    encoding: "utf8",
  });
  const words = shown.stdout.split("\0");
  expect(words).toContain("X-API-Key: sk_1");
  expect(JSON.parse(words[words.indexOf("-d") + 1] ?? "")).toEqual(body);
});

test("the lines of a body stand below its first one", () => {
  const command = curlOf("http://localhost:3000", { method: "POST", path: "/x", headers: {}, body: { config: { email: "a@b.example" } } });
  const lines = ["{", '    "config": {', '      "email": "a@b.example"', "    }", "  }"].join("\n");
  expect(command).toMatch(new RegExp(` -d '${lines.replaceAll(/[{}]/g, "\\$&")}'$`));
});

test("a request without a body says nothing of one", () => {
  expect(curlOf("http://localhost:3000", { method: "GET", path: "/x", headers: {} })).toBe('curl -X GET "http://localhost:3000/x"');
});
