import { expect, test } from "vitest";
import { readOptWord } from "@/lib/services/numbers/opt-words";

test.each([
  ["STOP", "STOP"],
  [" stop. ", "STOP"],
  ["Stop!!", "STOP"],
  ["stop all", "STOPALL"],
  ["“Unsubscribe”", "UNSUBSCRIBE"],
  ["ｓｔｏｐ", "STOP"],
  ["停止。", "停止"],
  ["ｽﾄｯﾌﾟ", "ストップ"],
  ["退订", "退订"],
  ["取消訂閱", "取消訂閱"],
  ["td", "TD"],
  ["Hủy", "HỦY"],
  ["hu\u0309y", "HỦY"],
  ["tu choi", "TUCHOI"],
])("%j stops texts", (text, word) => {
  expect(readOptWord(text)).toEqual({ wish: "stop", word });
});

test.each(["start", "Unstop.", "YES", "再開", "恢复", "tiếp tục", "Đăng ký"])("%j lets them come again", (text) => {
  expect(readOptWord(text)?.wish).toBe("start");
});

test.each(["", "please stop by at noon", "stopp", "non-stop", "yes please", "終わり", "1", "STOP START"])("%j is no such word", (text) => {
  expect(readOptWord(text)).toBeNull();
});
