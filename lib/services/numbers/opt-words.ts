/** Carriers' words, then those of the other languages; as `plain` leaves them. */
const STOP = new Set(
  [
    ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"],
    ["停止", "配信停止", "解除", "配信解除", "ストップ", "退会"],
    ["退订", "退訂", "取消订阅", "取消訂閱", "停止订阅", "停止訂閱", "拒收", "T", "TD"],
    ["DỪNG", "DUNG", "NGỪNG", "NGUNG", "HỦY", "HUỶ", "HUY", "TỪCHỐI", "TUCHOI", "TC"],
  ].flat(),
);
const START = new Set(
  [
    ["START", "UNSTOP", "YES", "OPTIN", "SUBSCRIBE"],
    ["再開", "配信再開", "スタート", "開始"],
    ["恢复", "恢復", "重新订阅", "重新訂閱", "订阅", "訂閱", "开始"],
    ["TIẾPTỤC", "TIEPTUC", "BẮTĐẦU", "BATDAU", "ĐĂNGKÝ", "DANGKY"],
  ].flat(),
);

export type OptWord = { wish: "stop" | "start"; word: string };

const LONGEST = 40;

/** What somebody wishes who texts nothing but one of these words, however it is written; null for everything else. */
export function readOptWord(text: string): OptWord | null {
  const word = plain(text.slice(0, LONGEST * 2));
  if (STOP.has(word)) {
    return { wish: "stop", word };
  }
  return START.has(word) ? { wish: "start", word } : null;
}

function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, "")
    .toUpperCase();
}
