import { afterEach, expect, test } from "vitest";
import { dismissToast, toast, toastStore } from "./toast-store";

afterEach(() => {
  for (const { id } of toastStore.read()) dismissToast(id);
});

test("at most three stand at once, the oldest goes", () => {
  for (const message of ["one", "two", "three", "four"]) toast({ message });
  expect(toastStore.read().map(({ message }) => message)).toEqual(["two", "three", "four"]);
});

test("none stands for less than eight seconds", () => {
  toast({ message: "short", durationMs: 10 });
  toast({ message: "long", durationMs: 20_000 });
  expect(toastStore.read().map(({ durationMs }) => durationMs)).toEqual([8_000, 20_000]);
});

test("what toast returns dismisses that one, and listeners hear of it", () => {
  let heard = 0;
  const stop = toastStore.subscribe(() => heard++);
  const dismiss = toast({ message: "one" });
  toast({ message: "two" });
  dismiss();
  stop();
  toast({ message: "three" });
  expect(toastStore.read().map(({ message }) => message)).toEqual(["two", "three"]);
  expect(heard).toBe(3);
});
