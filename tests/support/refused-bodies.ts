/** Bodies that no API of ours reads, whatever it is about: name, what goes out, its Content-Type, and the status. */
export const REFUSED_BODIES: Array<[string, string | Uint8Array<ArrayBuffer>, string, number]> = [
  ["no JSON", '{"label":', "application/json", 422],
  ["nothing", "", "application/json", 422],
  ["a key twice", '{"label":"a","label":"b"}', "application/json", 422],
  ["__proto__", '{"__proto__":{"label":"a"}}', "application/json", 422],
  ["a NUL", '{"label":"a\\u0000b"}', "application/json", 422],
  ["half a surrogate pair", '{"label":"a\\ud800b"}', "application/json", 422],
  ["17 levels", `${'{"label":'.repeat(17)}1${"}".repeat(17)}`, "application/json", 422],
  ["a byte order mark", "\ufeff{}", "application/json", 422],
  ["a number beyond all numbers", '{"label":1e400}', "application/json", 422],
  ["16,000 lists in each other", `${"[".repeat(16_000)}${"]".repeat(16_000)}`, "application/json", 422],
  ["a byte that is no UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), "application/json", 422],
  ["a list", "[]", "application/json", 422],
  ["null", "null", "application/json", 422],
  ["64 KiB and a byte", `{"label":"${"x".repeat(65_536 - 11)}"}`, "application/json", 413],
  ["a text", '{"label":"a"}', "text/plain", 415],
  ["a form", "label=a", "application/x-www-form-urlencoded", 415],
  ["no type at all", '{"label":"a"}', "", 415],
  ["another type of JSON", '{"label":"a"}', "application/vnd.api+json", 415],
  ["another character set", '{"label":"a"}', "application/json; charset=utf-16", 415],
];

/** What only the server knows, as somebody would send it who hopes that it is taken over (R60). */
export const FORGED = {
  id: "00000000-0000-4000-8000-000000000000",
  verified: true,
  verified_at: "2020-01-01T00:00:00Z",
  status: "available",
  tenant_id: "00000000-0000-4000-8000-000000000001",
  institution_id: "00000000-0000-4000-8000-000000000001",
  subscriber_id: "00000000-0000-4000-8000-000000000002",
  created_at: "2020-01-01T00:00:00Z",
  deliverable: true,
  constructor: { name: "x" },
};
