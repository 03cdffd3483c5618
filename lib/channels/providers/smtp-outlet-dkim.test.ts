import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeCertificate } from "@/tests/support/certificate";
import { server } from "@/tests/support/mail-conversation";
import { outlet, reachTo, send, smtp } from "@/tests/support/outlet";

const certificate = makeCertificate("localhost");

/** As a receiver does it, with the key from DNS (RFC 6376 §6.1), relaxed/relaxed. */
function verifies(message: string, publicKey: string): boolean {
  const [head = "", ...rest] = message.split("\r\n\r\n");
  const headers = head.split(/\r\n(?![ \t])/);
  const signature = headers.find((line) => /^dkim-signature:/i.test(line)) ?? "";
  const tags = new Map(
    signature
      .replace(/^[^:]+:/, "")
      .split(";")
      .map((tag) => [tag.slice(0, tag.indexOf("=")).trim(), tag.slice(tag.indexOf("=") + 1).replace(/\s+/g, "")]),
  );
  const body = rest
    .join("\r\n\r\n")
    .replace(/[ \t]+/g, " ")
    .replace(/ \r\n/g, "\r\n")
    .replace(/(?:\r\n)*$/, "\r\n");
  if (createHash("sha256").update(body, "utf8").digest("base64") !== tags.get("bh")) return false;
  const relaxed = (line: string) => {
    const at = line.indexOf(":");
    const value = line
      .slice(at + 1)
      .replace(/\r\n/g, "")
      .replace(/[ \t]+/g, " ");
    return `${line.slice(0, at).trim().toLowerCase()}:${value.trim()}`;
  };
  const signed = (tags.get("h") ?? "").split(":").map((name) => {
    const line = headers.findLast((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return line === undefined ? "" : `${relaxed(line)}\r\n`;
  });
  const unsigned = relaxed(signature).replace(/(;\s*b=).*$/, "$1");
  return createVerify("RSA-SHA256")
    .update(signed.join("") + unsigned)
    .verify(publicKey, tags.get("b") ?? "", "base64");
}

describe("signing for a domain", () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const other = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });

  test("a receiver with the public key finds the message as it was written", async () => {
    const mx = await server({ certificate, extensions: ["STARTTLS", "AUTH PLAIN"] });
    const through = outlet(smtp(mx.port, { ca: certificate.cert }), reachTo(mx.port));
    const dkim = { domain: "sender.example", selector: "r1", privateKey };
    const text = "Bonjour,\n\n.leading dot  two  spaces \n\n\n";
    expect((await send(through, { dkim, text })).outcome).toBe("sent");
    const message = unstuffed(mx.messages[0]);
    expect(message).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; d=sender\.example;/m);
    const h = /\bh=([^;]+);/.exec(message)?.[1]?.replace(/\s/g, "").toLowerCase().split(":");
    expect(h).toEqual(expect.arrayContaining(["from", "to", "subject", "date", "message-id"]));
    expect(verifies(message, publicKey)).toBe(true);
    expect(verifies(message, other.publicKey)).toBe(false);
    expect(verifies(message.replace("To: ann@", "To: eve@"), publicKey)).toBe(false);
    expect(verifies(message.replace("Bonjour", "Bonsoir"), publicKey)).toBe(false);
  });

  test("where there is no key, there is no signature", async () => {
    const mx = await server({ certificate, extensions: ["STARTTLS", "AUTH PLAIN"] });
    await send(outlet(smtp(mx.port, { ca: certificate.cert }), reachTo(mx.port)));
    expect(mx.messages[0]).not.toMatch(/DKIM/i);
  });
});

/** As a server stores it: without the dots that SMTP adds. */
function unstuffed(message = ""): string {
  return message.replace(/^\.\./gm, ".");
}
