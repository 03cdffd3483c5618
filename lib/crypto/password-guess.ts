import { COMMON_PHRASES, COMMON_WORDS, SMALL_WORDS } from "./common-passwords";

/** A password worth at most this many words is among the first that a guesser tries. */
const GUESSABLE_COST = 2.75;
const MIN_DISTINCT = 6;
const MIN_REST = 8;
const MIN_CONTEXT = 4;
const MAX_WORD = 16;
const SEPARATOR = /[\s_.,'’-]/g;

const ROWS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "1234567890-=",
  "!@#$%^&*()_+",
  "qwertyuiop[]",
  "asdfghjkl;'",
  "zxcvbnm,./",
  "qwertzuiop",
  "azertyuiop",
  "qsdfghjklm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
  "1q2w3e4r5t6y7u8i9o0p",
  "qawsedrftgyhujikolp",
  "qazwsxedcrfvtgbyhnujmikolp",
];
const WALKS = ROWS.flatMap((row) => [row.repeat(2), [...row].reverse().join("").repeat(2)]);
const MIN_WALK = 4;

const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
  "!": "i",
};

/** Whether the whole password is one that guessers make: a repeated piece, a known phrase, or a few common pieces in a row. */
export function isCommon(password: string): boolean {
  const plain = fold(password);
  const joined = plain.replace(SEPARATOR, "");
  const letters = [plain, unleet(plain)].map((text) => text.replace(/\P{L}/gu, ""));
  if (new Set(plain).size < MIN_DISTINCT || letters.some((text) => COMMON_PHRASES.has(text))) {
    return true;
  }
  return [plain, joined].some((text) => isRepetition(text) || cost(text) <= GUESSABLE_COST);
}

/** Whether little is left of the password once the given words are taken out of it. */
export function isMostly(password: string, words: readonly string[]): boolean {
  const bare = (text: string) => fold(text).replace(/[^\p{L}\p{N}]/gu, "");
  const known = words
    .flatMap((word) => [bare(word), ...fold(word).split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => [...word].length >= MIN_CONTEXT)
    .sort((one, other) => other.length - one.length);
  return [bare(password), bare(unleet(fold(password)))].some((text) => {
    const rest = known.reduce((left, word) => left.replaceAll(word, " "), text);
    return rest !== text && restIsGuessable(rest);
  });
}

function restIsGuessable(rest: string): boolean {
  const pieces = rest.split(" ").filter((piece) => piece !== "");
  return pieces.join("").length < MIN_REST || pieces.reduce((sum, piece) => sum + cost(piece), 0) <= 1.5;
}

function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").normalize("NFC");
}

function unleet(text: string): string {
  return [...text].map((character) => LEET[character] ?? character).join("");
}

/** A text is a repetition when it stands in its own double before the second half begins; a started further round counts too. */
function isRepetition(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period += 1) {
    if (text.slice(period) === text.slice(0, -period)) {
      return true;
    }
  }
  return false;
}

/** The cheapest way to put the text together: a common word is 1, a filler ½, a mark ¼, any other character 1. */
function cost(text: string): number {
  const best = [0, ...new Array<number>(text.length).fill(Number.POSITIVE_INFINITY)];
  for (let at = 0; at < text.length; at += 1) {
    const soFar = best[at] ?? 0;
    if (soFar > GUESSABLE_COST) {
      continue;
    }
    for (const [length, price] of pieces(text, at)) {
      best[at + length] = Math.min(best[at + length] ?? Number.POSITIVE_INFINITY, soFar + price);
    }
  }
  return best[text.length] ?? 0;
}

function* pieces(text: string, at: number): Generator<readonly [length: number, price: number]> {
  yield [1, /[!-/:-@[-`{-~ ]/.test(text[at] ?? "") ? 0.25 : 1];
  for (let length = 1; length <= MAX_WORD && at + length <= text.length; length += 1) {
    const piece = text.slice(at, at + length);
    if (SMALL_WORDS.has(piece)) {
      yield [length, 0.5];
    } else if (COMMON_WORDS.has(piece) || COMMON_WORDS.has(unleet(piece))) {
      yield [length, 1];
    }
  }
  const rest = text.slice(at);
  const year = /^(?:19|20)\d\d/.exec(rest)?.[0];
  const same = /^(.)\1{2,}/u.exec(rest)?.[0];
  const number = /\d/.test(text[at - 1] ?? "") ? undefined : /^\d{1,4}(?!\d)/.exec(rest)?.[0];
  for (const filler of [year, same, number]) {
    if (filler !== undefined) {
      yield [filler.length, 0.5];
    }
  }
  const walk = walkLength(rest);
  if (walk >= MIN_WALK) {
    yield [walk, /^\d+$/.test(rest.slice(0, walk)) ? 0.5 : 1];
  }
}

function walkLength(text: string): number {
  let length = MIN_WALK - 1;
  while (length < text.length && WALKS.some((walk) => walk.includes(text.slice(0, length + 1)))) {
    length += 1;
  }
  return length >= MIN_WALK ? length : 0;
}
