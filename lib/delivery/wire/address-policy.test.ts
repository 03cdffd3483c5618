import { describe, expect, test } from "vitest";
import { isAllowed, isGlobal, isOpened, readHost } from "@/lib/delivery/wire/address-policy";

// The first and the last address of each block, and what stands right beside it.
const blocks: Array<[string, inside: string[], outside: string[]]> = [
  ["this network", ["0.0.0.0", "0.255.255.255"], ["1.0.0.0"]],
  ["private 10/8", ["10.0.0.0", "10.255.255.255"], ["9.255.255.255", "11.0.0.0"]],
  ["shared 100.64/10", ["100.64.0.0", "100.127.255.255"], ["100.63.255.255", "100.128.0.0"]],
  ["loopback", ["127.0.0.0", "127.0.0.1", "127.255.255.255"], ["126.255.255.255", "128.0.0.0"]],
  ["link-local, with the clouds' metadata", ["169.254.0.0", "169.254.169.254", "169.254.255.255"], ["169.253.255.255", "169.255.0.0"]],
  ["private 172.16/12", ["172.16.0.0", "172.31.255.255"], ["172.15.255.255", "172.32.0.0"]],
  ["protocol assignments", ["192.0.0.0", "192.0.0.255"], ["191.255.255.255", "192.0.1.0"]],
  ["documentation", ["192.0.2.1", "198.51.100.1", "203.0.113.255"], ["192.0.3.0", "198.51.101.0", "203.0.114.0"]],
  ["6to4 relays", ["192.88.99.1"], ["192.88.98.255", "192.88.100.0"]],
  ["private 192.168/16", ["192.168.0.0", "192.168.255.255"], ["192.167.255.255", "192.169.0.0"]],
  ["benchmarks", ["198.18.0.0", "198.19.255.255"], ["198.17.255.255", "198.20.0.0"]],
  ["multicast, reserved, broadcast", ["224.0.0.0", "239.255.255.255", "240.0.0.0", "255.255.255.255"], ["223.255.255.255"]],
  ["IPv6 loopback and nothing", ["::", "::1", "0:0:0:0:0:0:0:1"], []],
  ["mapped", ["::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "0:0:0:0:0:FFFF:0808:0808"], []],
  ["compatible and translated", ["::127.0.0.1", "::8.8.8.8", "::ffff:0:127.0.0.1"], []],
  ["NAT64", ["64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1"], []],
  ["discard only", ["100::1"], []],
  ["Teredo, benchmarks, ORCHID", ["2001::1", "2001:0:7f00:1::1", "2001:2::1", "2001:10::1", "2001:1ff:ffff::1"], ["2001:200::1"]],
  ["IPv6 documentation", ["2001:db8::1", "2001:db8:ffff::1", "3fff::1", "3fff:fff:ffff::1"], ["2001:db7:ffff::1", "3ffe::1"]],
  ["6to4", ["2002::1", "2002:7f00:1::1", "2002:a9fe:a9fe::1"], ["2003::1"]],
  ["unique local", ["fc00::1", "fd00::1", "fdff:ffff::1"], []],
  ["link-local and site-local", ["fe80::1", "febf::1", "fec0::1"], []],
  ["IPv6 multicast", ["ff00::1", "ff02::1", "ffff::1"], []],
  ["beyond what is routed", ["1fff::1", "4000::1", "5f00::1"], ["2000::1", "2606:4700::1111", "2a00:1450::1"]],
  ["what is no address", ["", "localhost", "127.1", "0x7f000001", "fe80::1%lo", "8.8.8.8/32"], []],
];

describe("which addresses are public", () => {
  test.each(blocks)("R46: %s", (_, inside, outside) => {
    for (const address of inside) expect([address, isGlobal(address), isAllowed(address, [])]).toEqual([address, false, false]);
    for (const address of outside) expect([address, isGlobal(address)]).toEqual([address, true]);
  });

  test("R46: the operator opens exactly the networks that are listed", () => {
    const opened = ["10.1.0.0/16", "127.0.0.1/32", "fd00:1::/32"];
    for (const address of ["10.1.0.1", "127.0.0.1", "::ffff:127.0.0.1", "fd00:1::5", "8.8.8.8"]) {
      expect([address, isAllowed(address, opened)]).toEqual([address, true]);
    }
    for (const address of ["10.2.0.1", "127.0.0.2", "::ffff:127.0.0.2", "::1", "::127.0.0.1", "64:ff9b::7f00:1", "fd00:2::5"]) {
      expect([address, isAllowed(address, opened)]).toEqual([address, false]);
    }
    expect(isOpened("8.8.8.8", opened)).toBe(false);
  });
});

describe("how a host may be written", () => {
  test.each([
    ["smtp.example.com", { kind: "name", host: "smtp.example.com" }],
    ["SMTP.Example.COM", { kind: "name", host: "smtp.example.com" }],
    ["mail_server", { kind: "name", host: "mail_server" }],
    ["xn--bcher-kva.example", { kind: "name", host: "xn--bcher-kva.example" }],
    ["Bücher.example", { kind: "name", host: "xn--bcher-kva.example" }],
    ["1.example", { kind: "name", host: "1.example" }],
    ["192.0.2.7", { kind: "address", host: "192.0.2.7" }],
    ["2001:DB8:0:0::1", { kind: "address", host: "2001:db8::1" }],
  ])("%s", (text, host) => {
    expect(readHost(text)).toEqual(host);
  });
});
