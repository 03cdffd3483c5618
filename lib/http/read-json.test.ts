import { describe, expect, it } from "vitest";
import { readJson } from "./read-json";

const json = { "content-type": "application/json" };

function post(body: BodyInit | null, headers: Record<string, string> = json): Request {
  return new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

function stream(chunks: Iterable<Uint8Array>, seen: { read: number; cancelled: boolean }): ReadableStream<Uint8Array> {
  const source = chunks[Symbol.iterator]();
  return new ReadableStream(
    {
      pull(controller) {
        const { done, value } = source.next();
        if (done) {
          controller.close();
        } else {
          seen.read += value.byteLength;
          controller.enqueue(value);
        }
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
}

function* endless(): Generator<Uint8Array> {
  for (;;) {
    yield Buffer.from("[".padEnd(1024, " "));
  }
}

describe("R42: request bodies", () => {
  it("R42: a small JSON body is read", async () => {
    expect(await readJson(post('{"a":[1,"é"]}'))).toEqual({ ok: true, value: { a: [1, "é"] } });
  });

  it("R42: 65,536 bytes are read, 65,537 are not", async () => {
    const body = (bytes: number) => `"${"a".repeat(bytes - 2)}"`;
    expect(await readJson(post(body(65_536)))).toMatchObject({ ok: true });
    expect(await readJson(post(body(65_537)))).toEqual({ ok: false, code: "too_large" });
    expect(await readJson(post('"é"'), { maxBytes: 3 })).toEqual({ ok: false, code: "too_large" });
  });

  it("R42: an endless body is left where the limit is passed", async () => {
    const seen = { read: 0, cancelled: false };
    expect(await readJson(post(stream(endless(), seen)))).toEqual({ ok: false, code: "too_large" });
    expect(seen).toEqual({ read: 65_536 + 1024, cancelled: true });
  });

  it("R42: a Content-Length that says too much is believed, one that says little is not", async () => {
    const seen = { read: 0, cancelled: false };
    const announced = post(stream(endless(), seen), { ...json, "content-length": "70000" });
    expect(await readJson(announced)).toEqual({ ok: false, code: "too_large" });
    expect(seen).toEqual({ read: 0, cancelled: true });
    const lying = post("[1,2,3]", { ...json, "content-length": "2" });
    expect(await readJson(lying, { maxBytes: 4 })).toEqual({ ok: false, code: "too_large" });
  });

  it("R42: a character that is cut between two chunks is whole again", async () => {
    const bytes = Buffer.from('"日本語"');
    const chunks = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(await readJson(post(stream(chunks, { read: 0, cancelled: false })))).toEqual({ ok: true, value: "日本語" });
  });

  it.each([
    ["application/json", true],
    ["application/json; charset=utf-8", true],
    ['Application/JSON;charset="UTF-8"', true],
    ["application/problem+json", false],
    ["application/vnd.api+json", false],
    ["application/jsonp", false],
    ["application/json; charset=utf-16", false],
    ["text/plain", false],
    ["application/x-www-form-urlencoded", false],
    ["multipart/form-data; boundary=application/json", false],
    ["text/html, application/json", false],
    ["", false],
  ])("R42: Content-Type %j", async (type, accepted) => {
    const answer = await readJson(post("{}", { "content-type": type }));
    expect(answer).toEqual(accepted ? { ok: true, value: {} } : { ok: false, code: "unsupported_media_type" });
  });

  it("R42: a compressed body is not unpacked", async () => {
    const answer = await readJson(post("{}", { ...json, "content-encoding": "gzip" }));
    expect(answer).toEqual({ ok: false, code: "unsupported_media_type" });
  });

  it("R42: no body, broken UTF-8 and a byte order mark are not JSON", async () => {
    const bodies = [null, "", Buffer.from([0x22, 0xc3, 0x22]), Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), "\ufeff{}"];
    for (const body of bodies) {
      expect(await readJson(post(body))).toMatchObject({ ok: false, code: "invalid_json" });
    }
  });

  it("R42: the parser's refusals keep their pointer", async () => {
    const answer = await readJson(post('{"contact":{"type":"email","type":"sms"}}'));
    expect(answer).toEqual({ ok: false, code: "duplicate_key", pointer: "/contact/type" });
  });
});
