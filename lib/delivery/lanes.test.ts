import { beforeEach, describe, expect, it } from "vitest";
import { Lanes } from "@/lib/delivery/lanes";

let now = 0;
let lanes: Lanes;

beforeEach(() => {
  now = 0;
  lanes = new Lanes(() => now);
});

const take = (name: string, cap: number) => lanes.take({ name, group: `group of ${name}`, cap });

function takeAll(name: string, cap: number): number {
  let taken = 0;
  while (taken < 1000 && take(name, cap) === "granted") {
    taken += 1;
  }
  return taken;
}

function begin(name: string): object {
  const message = {};
  lanes.begins(name, message);
  return message;
}

describe("the share of a lane", () => {
  it("R49: is five times what may be on its way, whatever the other lanes have", () => {
    expect(takeAll("a", 4)).toBe(20);
    expect(takeAll("b", 4)).toBe(20);
    expect(take("a", 4)).toBe("full");
  });

  it("R49: counts what waits and what is on its way, until it ends", () => {
    for (let index = 0; index < 4; index += 1) {
      lanes.waits("a", 1);
    }
    const message = begin("a");
    expect(takeAll("a", 4)).toBe(15);
    lanes.settle();
    lanes.ends("a", message);
    expect(takeAll("a", 4)).toBe(16);
  });

  it("grows with what the lane gets through in a third of a second", () => {
    for (let index = 0; index < 200; index += 1) {
      now += 4;
      lanes.ends("a", begin("a"));
    }
    expect(takeAll("a", 4)).toBe(60);
  });

  it("R49: shrinks to what is on its way while the lane is slow, and a while after", () => {
    const held = begin("a");
    now = 2_001;
    expect(takeAll("a", 4)).toBe(3);
    expect(take("a", 4)).toBe("slow");
    lanes.settle();
    lanes.ends("a", held);
    now += 20_000;
    expect(takeAll("a", 4)).toBe(4);
    lanes.settle();
    lanes.ends("a", begin("a"));
    expect(takeAll("a", 4)).toBe(20);
  });

  it("R49: is one message at a time where its sender is in doubt", () => {
    expect(takeAll("a", 1)).toBe(1);
  });
});

it("R49: jobs of a lane with more than half of its share are not fetched", () => {
  expect(lanes.crowded()).toEqual([]);
  for (let index = 0; index < 10; index += 1) {
    take("a", 4);
  }
  expect(lanes.crowded()).toEqual([]);
  take("a", 4);
  expect(lanes.crowded()).toEqual(["group of a"]);
  lanes.settle();
  expect(lanes.crowded()).toEqual([]);
});

it("R49: no more than so many of a lane begin", () => {
  const [first] = [begin("a"), begin("a")];
  expect(lanes.mayBegin("a", 2)).toBe(false);
  expect(lanes.mayBegin("b", 2)).toBe(true);
  lanes.ends("a", first ?? {});
  expect(lanes.mayBegin("a", 2)).toBe(true);
});

it("R49: what takes longer than a second is counted beside the rest", () => {
  begin("a");
  now = 500;
  const late = begin("b");
  now = 1_200;
  expect(lanes.long()).toBe(1);
  now = 1_600;
  expect(lanes.long()).toBe(2);
  lanes.ends("b", late);
  expect(lanes.long()).toBe(1);
});

describe("what somebody waits for", () => {
  const urgent = (name: string) => lanes.take({ name, group: null, cap: 4 }, true);

  it("R49: has no room in a lane that is held up, though others would", () => {
    begin("a");
    now = 1_999;
    expect(urgent("a")).toBe("granted");
    now = 2_001;
    expect([take("a", 4), urgent("a"), urgent("b")]).toEqual(["granted", "slow", "granted"]);
  });

  it("R49: nor for half a minute after one that was held up failed", () => {
    const message = begin("a");
    now = 3_000;
    lanes.ends("a", message, true);
    now = 32_999;
    expect(urgent("a")).toBe("slow");
    now = 33_001;
    expect(urgent("a")).toBe("granted");
  });

  it("R49: has some where the server only takes its time", () => {
    const message = begin("a");
    now = 6_000;
    lanes.ends("a", message);
    expect(urgent("a")).toBe("granted");
  });
});
