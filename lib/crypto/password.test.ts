import { hash } from "@node-rs/argon2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPassword, hashPassword, needsRehash, verifyPassword } from "./password";

const context = { email: "jane.doe@example.com", words: ["Springfield Library", "Jane Doe"] };

describe("passwords: the rules of NIST SP 800-63B-4", () => {
  it.each([
    "green lamp under a quiet bridge",
    "correct-donkey-battery-plinth",
    "x7#Kq9!mWz2$Lp4",
    "tvfqzkrwmxplbds",
    "492817360582916",
    "今日は雨が降って傘を忘れてしまいました",
    "con mèo nhà tôi thích ngủ trên bàn",
    "我家门前的那棵树今年没有开花啊",
    "🐙🌵 seven lanterns 🎈 drift",
    "I work at the library in Springfield and paint walls",
    " leading and trailing spaces ",
  ])("a long password nobody would guess first is accepted, whatever its characters: %j", (password) => {
    expect(checkPassword(password, context)).toBeNull();
  });

  it("14 characters are too few, 15 enough; 256 enough, 257 too many", () => {
    const problems = [14, 15, 256, 257, 100_000].map((length) => checkPassword(varied(length)));
    expect(problems).toEqual(["too_short", null, null, "too_long", "too_long"]);
  });

  it("length counts code points after NFKC, so that one emoji is one character", () => {
    expect(checkPassword("🐙🌵🎈🦊🌊🍉🚲🎻🧭🪁🐚🌋🦉🍄")).toBe("too_short");
    expect(checkPassword("🐙🌵🎈🦊🌊🍉🚲🎻🧭🪁🐚🌋🦉🍄🧊")).toBeNull();
  });

  it.each([
    "passwordpassword",
    "PasswordPassword1!",
    "P@ssw0rdP@ssw0rd",
    "p4ssw0rd12345678",
    "password123456789",
    "mypassword12345678",
    "This is my password",
    "123456789012345",
    "987654321098765",
    "111111111111111",
    "aaaaaaaabbbbbbbb",
    "abcdefghijklmnop",
    "qwertyuiopasdfgh",
    "qwertyuiop[]asdf",
    "1qaz2wsx3edc4rfv",
    "!@#$%^&*()_+qwerty",
    "q1w2e3r4q1w2e3r4",
    "iloveyouforever",
    "ILoveYou!!!!!!!!!",
    "letmeinletmein1",
    "Summer2025Winter",
    "liverpool-arsenal-2024",
    "vietnamhanoi1985",
    "woaini1314woaini",
    "anhyeuem anhyeuem",
    "matkhaucuatoi2024",
    "contraseña contraseña",
    "x7#Kq9!mx7#Kq9!m",
    "correct horse battery staple",
    "Correct-Horse-Battery-Staple!",
    "to be or not to be",
    "天天天天天天天天天天天天天天天天",
    "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
  ])("a common password is refused: %j", (password) => {
    expect(checkPassword(password, context)).toBe("too_common");
  });

  it.each([
    "Reachable-2025-Reachable",
    "reachable-jane.doe",
    "jane.doe@example.com",
    "JaneDoe1234567890",
    "springfield library",
    "Spr1ngf1eld-L1brary",
    "springfieldlibrary99",
    "password of springfield",
  ])("a password made of what is known of the account is refused: %j", (password) => {
    expect(checkPassword(password, context)).toBe("contains_context");
  });

  it("thousands of combinations of common pieces are refused", () => {
    const pieces = ["password", "sunshine", "dragon", "iloveyou", "monkey", "welcome", "football", "princess", "charlie", "shadow"];
    const tails = ["", "1", "12", "123", "2024", "1999", "!", "!!!", "12345678", "@2025"];
    const joins = ["", " ", "-", "_"];
    const made = pieces.flatMap((one) => pieces.flatMap((two) => joins.flatMap((join) => tails.map((tail) => one + join + two + tail))));
    const long = made.filter((password) => password.length >= 15);
    expect(long.length).toBeGreaterThan(2_500);
    expect(long.filter((password) => checkPassword(password) !== "too_common")).toEqual([]);
  });

  it("random passwords are never refused, and no text takes the rules long", () => {
    const letters = fc.array(fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789"), { minLength: 20, maxLength: 40 });
    fc.assert(fc.property(letters, (parts) => new Set(parts).size < 10 || checkPassword(parts.join("")) === null));
    const started = performance.now();
    for (const unit of ["a", "password", "12345", " ", "ab", "2024", "ﷺ"]) {
      checkPassword(unit.repeat(300).slice(0, 256), context);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe("passwords: argon2id", () => {
  it("R67: the stored hash is argon2id with OWASP's cost and a salt of its own", async () => {
    const [one, two] = await Promise.all([hashPassword("green lamp under a bridge"), hashPassword("green lamp under a bridge")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(needsRehash(one)).toBe(false);
    expect(await verifyPassword(one, "green lamp under a bridge")).toBe(true);
    expect(await verifyPassword(one, "green lamp under a bridgf")).toBe(false);
  });

  it("one password typed on two keyboards is one password", async () => {
    const stored = await hashPassword("Ｓｏｍｅ cafe\u0301 in kyoto");
    expect(await verifyPassword(stored, "Some caf\u00e9 in kyoto")).toBe(true);
    expect(await verifyPassword(stored, "some caf\u00e9 in kyoto")).toBe(false);
  });

  it("R33: an account that does not exist is never right, and takes the same work", async () => {
    expect(await verifyPassword(null, "")).toBe(false);
    expect(await verifyPassword(null, "green lamp under a bridge")).toBe(false);
    const stored = await hashPassword("green lamp under a bridge");
    const known = await median(() => verifyPassword(stored, "wrong"));
    const unknown = await median(() => verifyPassword(null, "wrong"));
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  it("a megabyte is refused without being hashed whole", async () => {
    const stored = await hashPassword("");
    expect(await verifyPassword(stored, "a".repeat(1_000_000))).toBe(false);
  });

  it("a hash made with less work asks to be made again", async () => {
    expect(needsRehash(await hash("x", { memoryCost: 4096, timeCost: 1 }))).toBe(true);
  });
});

function varied(length: number): string {
  return Array.from({ length }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000))).join("");
}

/** Of the processor's time that it took, which does not depend on who else is busy. */
async function median(run: () => Promise<unknown>): Promise<number> {
  const work: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    work.push(user + system);
  }
  return work.sort((one, other) => one - other)[4] ?? 0;
}
