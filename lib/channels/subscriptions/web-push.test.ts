import { createECDH, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { subscriptionType } from "@/lib/channels/subscriptions/registry";
import { webPush } from "@/lib/channels/subscriptions/web-push";

const ecdh = createECDH("prime256v1");
const point = ecdh.generateKeys();
const compressed = ecdh.getPublicKey(null, "compressed");
const secp256k1 = createECDH("secp256k1").generateKeys();
const good = {
  endpoint: "https://fcm.googleapis.com/fcm/send/dAPq1:APA91b_x-Y",
  p256dh: point.toString("base64url"),
  auth: randomBytes(16).toString("base64url"),
};
const HOSTS = ["push.example.org", "*.relay.example.net"];

function problems(changes: Record<string, unknown>): string[] {
  const result = webPush.settings(HOSTS).safeParse({ ...good, ...changes });
  return (result.error?.issues ?? []).map(({ path }) => String(path[0]));
}

test.each([
  "https://fcm.googleapis.com/fcm/send/dAPq1:APA91b_x-Y",
  "https://web.push.apple.com/QABC",
  "https://a.b.push.apple.com/QABC",
  "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAC%2bx%3d%3d",
  "https://updates.push.services.mozilla.com/wpush/v2/gAAAAA",
  "https://push.example.org/x",
  "https://eu.relay.example.net/x",
])("R40: %s is a push service's", (endpoint) => {
  expect(problems({ endpoint })).toEqual([]);
});

test.each([
  ["http", "http://fcm.googleapis.com/fcm/send/x"],
  ["another scheme", "ftp://fcm.googleapis.com/x"],
  ["a port", "https://fcm.googleapis.com:8443/x"],
  ["the port that it has anyway", "https://fcm.googleapis.com:443/x"],
  ["a user", "https://user@fcm.googleapis.com/x"],
  ["a user and a password", "https://user:pass@fcm.googleapis.com/x"],
  ["an empty user", "https://@fcm.googleapis.com/x"],
  ["a host that is a user", "https://fcm.googleapis.com@evil.example/x"],
  ["a fragment", "https://fcm.googleapis.com/x#y"],
  ["an empty fragment", "https://fcm.googleapis.com/x#"],
  ["another host", "https://evil.example/fcm.googleapis.com"],
  ["a host behind it", "https://fcm.googleapis.com.evil.example/x"],
  ["a host before it", "https://evilfcm.googleapis.com/x"],
  ["the star's own name", "https://push.apple.com/x"],
  ["a star without its dot", "https://evilpush.apple.com/x"],
  ["an empty label", "https://.push.apple.com/x"],
  ["a trailing dot", "https://fcm.googleapis.com./x"],
  ["loopback", "https://127.0.0.1/x"],
  ["loopback as a number", "https://2130706433/x"],
  ["IPv6", "https://[::1]/x"],
  ["the metadata address", "https://169.254.169.254/latest"],
  ["upper case", "https://FCM.googleapis.com/x"],
  ["a backslash", "https://fcm.googleapis.com\\x"],
  ["a tab", "https://fcm.googleapis.com/\tx"],
  ["a line break", "https://fcm.googleapis.com/x\r\nHost: evil"],
  ["a space before", " https://fcm.googleapis.com/x"],
  ["dots", "https://fcm.googleapis.com/a/../x"],
  ["a needless escape", "https://fcm.googleapis.com/%41bc"],
  ["no path", "https://fcm.googleapis.com"],
  ["full-width letters", "https://ｆcm.googleapis.com/x"],
  ["2,049 characters", `https://fcm.googleapis.com/${"x".repeat(2049 - 27)}`],
  ["nothing", ""],
  ["no text", 7],
  ["a list", ["https://fcm.googleapis.com/x"]],
])("R40: an endpoint with %s is refused", (_, endpoint) => {
  expect(problems({ endpoint })).toEqual(["endpoint"]);
});

test("R40: 2,048 characters are not too many", () => {
  expect(problems({ endpoint: `https://fcm.googleapis.com/${"x".repeat(2048 - 27)}` })).toEqual([]);
});

describe("the browser's keys", () => {
  const off = Buffer.from(point);
  off[64] = (off[64] ?? 0) ^ 1;

  test.each([
    ["off the curve", off.toString("base64url")],
    ["of another curve", secp256k1.toString("base64url")],
    ["compressed", compressed.toString("base64url")],
    ["the point at infinity", Buffer.alloc(1).toString("base64url")],
    ["zeros", Buffer.concat([Buffer.from([4]), Buffer.alloc(64)]).toString("base64url")],
    ["64 bytes", point.subarray(0, 64).toString("base64url")],
    ["66 bytes", Buffer.concat([point, Buffer.alloc(1)]).toString("base64url")],
    ["with a space", `${good.p256dh} `],
    ["hex", point.toString("hex")],
    ["missing", undefined],
  ])("R40: p256dh %s is refused", (_, p256dh) => {
    expect(problems({ p256dh })).toEqual(["p256dh"]);
  });

  test.each([
    ["15 bytes", randomBytes(15).toString("base64url")],
    ["17 bytes", randomBytes(17).toString("base64url")],
    ["the mask", "******"],
    ["bits that stand for nothing", `${"A".repeat(21)}B`],
    ["letters that are none", `${"A".repeat(20)}!!`],
    ["empty", ""],
    ["missing", undefined],
  ])("R40: auth of %s is refused", (_, auth) => {
    expect(problems({ auth })).toEqual(["auth"]);
  });

  test("R40: both alphabets are read, with padding or without", () => {
    expect(problems({ p256dh: point.toString("base64"), auth: randomBytes(16).toString("base64") })).toEqual([]);
  });
});

test("what masks an address keeps its last characters at most", () => {
  expect(webPush.mask(good.endpoint)).toBe("fcm.googleapis.com/…_x-Y");
  expect(webPush.mask("https://fcm.googleapis.com/short")).toBe("fcm.googleapis.com/…");
  expect(subscriptionType("chat")?.mask("C0123456789")).toBe("…");
  expect(subscriptionType("chat")?.mask("my-long-identifier")).toBe("…fier");
});

test("senders of mail and texts have no subscriptions", () => {
  expect([subscriptionType("email"), subscriptionType("sms"), subscriptionType("constructor")]).toEqual([undefined, undefined, undefined]);
});
