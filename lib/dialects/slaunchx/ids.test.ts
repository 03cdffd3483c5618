import { expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { fromBizId, toBizId } from "@/lib/dialects/slaunchx/ids";

test("a thousand ids come back as they were, each under a name of its own", () => {
  const ids = Array.from({ length: 1000 }, newId);
  const names = ids.map((id) => toBizId("channel", id));
  expect(names.every((name) => /^ch_[0-9a-z]{25}$/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(ids.length);
  expect(names.map((name) => fromBizId("channel", name))).toEqual(ids);
});

test("the first and the last id there can be", () => {
  for (const id of ["00000000-0000-4000-8000-000000000000", "ffffffff-ffff-8fff-bfff-ffffffffffff"]) {
    expect(fromBizId("institution", toBizId("institution", id))).toBe(id);
  }
});

test.each([
  "",
  "ch_",
  "ch_abc123",
  "inst_0000000000000000000000000",
  `ch_${"0".repeat(25)}`,
  `ch_${"z".repeat(25)}`,
  `ch_${"0".repeat(64)}`,
  `CH_${"0".repeat(25)}`,
  toBizId("channel", newId()).toUpperCase(),
  ` ${toBizId("channel", newId())}`,
  toBizId("institution", newId()),
  newId(),
  `ch_${newId()}`,
  "ch_../../../../../../../../etc",
])("%j names no channel", (bizId) => {
  expect(fromBizId("channel", bizId)).toBeNull();
});
