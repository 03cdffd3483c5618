import fc from "fast-check";
import { expect, test } from "vitest";
import { bodySlip, fillForm, fillJson, fillUrl, urlSlip, uses } from "@/lib/channels/providers/http-text/template";

const text = (said: string) => ({ from: "+1", to: "+2", text: said, reference: said });
const anything = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("{to}", '"}', "\\", "&to=x", "%00", "\u2028", "__proto__"));

test("whatever a text contains, JSON keeps its shape and its keys", () => {
  const template = '{"a": {"text": "<{text}|{reference}>"}, "n": [1, true, null, "{to}"]}';
  fc.assert(
    fc.property(anything, (said) => {
      const expected = { a: { text: `<${said}|${said}>` }, n: [1, true, null, "+2"] };
      expect(JSON.parse(fillJson(template, text(said)))).toEqual(expected);
    }),
  );
});

test("whatever a text contains, a form has its pairs and no others", () => {
  fc.assert(
    fc.property(
      anything.filter((said) => said.isWellFormed()),
      (said) => {
        expect([...new URLSearchParams(fillForm("to={to}&msg={text}", text(said)))]).toEqual([
          ["to", "+2"],
          ["msg", said],
        ]);
      },
    ),
  );
});

test("whatever a text contains, an address keeps its host, its path and its query", () => {
  fc.assert(
    fc.property(
      anything.filter((said) => said.isWellFormed()),
      (said) => {
        const url = new URL(fillUrl("https://gw.example/send?to={to}&msg={text}", text(said)));
        expect([url.origin, url.pathname, url.hash]).toEqual(["https://gw.example", "/send", ""]);
        expect([...url.searchParams]).toEqual([
          ["to", "+2"],
          ["msg", said],
        ]);
      },
    ),
  );
});

test("keys of JSON are never filled", () => {
  expect(fillJson('{"{text}": "{text}"}', text("x"))).toBe('{"{text}":"x"}');
});

test.each([
  ["https://gw.example/{to}", undefined],
  ["http://10.0.0.1:8080/?x={text}", undefined],
  ["https://{to}/", "template_url"],
  ["https://gw.example:{to}/", "template_url"],
  ["https://{to}@gw.example/", "template_url"],
  ["https://user:pass@gw.example/", "template_url"],
  ["https://gw.example/#{text}", "template_url"],
  ["javascript:alert({text})", "template_url"],
  ["{text}", "template_url"],
  ["https://gw.example/{txt}", "template_unknown"],
])("an address %s: %s", (template, slip) => {
  expect(urlSlip(template)).toBe(slip);
});

test.each([
  ["json", '{"a":"{to}"}', undefined],
  ["json", '["{to}"]', undefined],
  ["json", '"{to}"', "template_json"],
  ["json", "{to}", "template_json"],
  ["json", '{"a":"{nobody}"}', "template_unknown"],
  ["json", '{"a":"{}"}', undefined],
  ["form", "a={to}\nb={text}", undefined],
  ["form", "a={to}&b", "template_form"],
  ["form", "{to}=a", "template_form"],
  ["form", "a={nobody}", "template_unknown"],
] as const)("a body as %s: %s: %s", (format, template, slip) => {
  expect(bodySlip(template, format)).toBe(slip);
});

test("knows what is used", () => {
  expect(uses(["https://gw.example", undefined, "a={toDigits}"], "to", "toDigits")).toBe(true);
  expect(uses(["{text}"], "to", "toDigits")).toBe(false);
});
