import { expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { toUlid, uuidFrom } from "@/lib/core/ulid";

test("a UUID and its ULID are the same 128 bits", () => {
  expect(toUlid("00000000-0000-0000-0000-000000000000")).toBe("00000000000000000000000000");
  expect(toUlid("ffffffff-ffff-ffff-ffff-ffffffffffff")).toBe("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
  expect(toUlid("01563e3a-b5d3-d676-4c61-efb99302bd5b")).toBe("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  for (let round = 0; round < 200; round++) {
    const id = newId();
    expect(uuidFrom(toUlid(id))).toBe(id);
    expect(uuidFrom(toUlid(id).toLowerCase())).toBe(id);
    expect(uuidFrom(id.toUpperCase())).toBe(id);
  }
});

test("letters that look like digits are read as those", () => {
  expect(uuidFrom("01HQXYZ123456789ABCDEFGHIJ")).toBe(uuidFrom("01HQXYZ123456789ABCDEFGH1J"));
  expect(uuidFrom("OLHQXYZ123456789ABCDEFGHiJ")).toBe(uuidFrom("01HQXYZ123456789ABCDEFGH1J"));
});

test.each([
  "",
  "1",
  "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
  "01HQXYZ123456789ABCDEFGHU0",
  "01HQXYZ123456789ABCDEFGH1",
  "01HQXYZ123456789ABCDEFGH1JK",
  "01HQXYZ123456789ABCDEFGH1\u017f",
  "bbe8aa76a4bb46f6a785df8e831cc459",
  "bbe8aa76-a4bb-46f6-a785-df8e831cc45g",
  "{bbe8aa76-a4bb-46f6-a785-df8e831cc459}",
  " 01HQXYZ123456789ABCDEFGH1J",
])("%o is neither", (text) => {
  expect(uuidFrom(text)).toBeNull();
});
