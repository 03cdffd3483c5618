import { describe, expect, onTestFinished, test } from "vitest";
import type { Reach } from "@/lib/channels/providers/define";
import { hostsFileAddresses } from "@/lib/delivery/wire/hosts-file";
import { type Lookup, resolveMailHost, resolveWebHost } from "@/lib/delivery/wire/resolve";
import { startDns, type Zone } from "@/tests/support/dns-server";

async function dnsServer(zones: Record<string, Zone>): Promise<string[]> {
  const dns = await startDns();
  onTestFinished(dns.stop);
  for (const [name, zone] of Object.entries(zones)) dns.zones.set(name, zone);
  return [dns.address];
}

const reach = (changes: Partial<Reach> = {}): Reach => ({ allowCidrs: [], allowPorts: [], allowPlaintext: false, ...changes });
const finding =
  (a: string[], aaaa: string[] = []): Lookup =>
  async () => ({ a, aaaa });

describe("a mail server's addresses", () => {
  test("R46: one inside address among public ones refuses the name, and none of them is told", async () => {
    const mixed: Array<[string[], string[]]> = [
      [["8.8.8.8", "10.0.0.1"], []],
      [["8.8.8.8"], ["fd00::1"]],
      [["127.0.0.1"], ["2606:4700::1111"]],
      [["8.8.8.8"], ["::ffff:127.0.0.1"]],
    ];
    for (const [a, aaaa] of mixed) {
      const resolution = await resolveMailHost("mail.example", 587, reach(), { lookup: finding(a, aaaa) });
      expect(resolution).toEqual({ ok: false, reason: "refused_by_policy" });
    }
  });

  test("R46: only mail ports are reached, and those that the operator adds", async () => {
    const lookup = finding(["8.8.8.8"]);
    for (const port of [25, 465, 587, 2465, 2525, 2587])
      expect((await resolveMailHost("m.example", port, reach(), { lookup })).ok).toBe(true);
    for (const port of [22, 80, 443, 5432, 6379, 11211]) {
      expect(await resolveMailHost("m.example", port, reach(), { lookup })).toEqual({ ok: false, reason: "port_not_allowed" });
      expect((await resolveMailHost("m.example", port, reach({ allowPorts: [port] }), { lookup })).ok).toBe(true);
    }
    expect((await resolveWebHost("api.example", 443, reach(), { lookup })).ok).toBe(true);
    for (const port of [25, 80, 587, 8443]) {
      expect(await resolveWebHost("api.example", port, reach(), { lookup })).toEqual({ ok: false, reason: "port_not_allowed" });
    }
  });

  test("R46: this machine's own names pass through the same check", async () => {
    for (const host of ["localhost", "LocalHost", "mail.localhost"]) {
      expect(await resolveMailHost(host, 587, reach())).toEqual({ ok: false, reason: "refused_by_policy" });
      expect(await resolveMailHost(host, 587, reach({ allowCidrs: ["127.0.0.0/8"] }))).toMatchObject({
        ok: true,
        addresses: ["127.0.0.1"],
      });
    }
  });

  test("the hosts file is read as the system reads it", async () => {
    const file = new URL("../../../tests/support/hosts-file.txt", import.meta.url).pathname;
    expect(await hostsFileAddresses("relay.inside", file)).toEqual(["10.0.0.5", "fd00::5"]);
    expect(await hostsFileAddresses("other.inside", file)).toEqual([]);
    expect(await hostsFileAddresses("commented", file)).toEqual([]);
    expect(await hostsFileAddresses("relay.inside", "/nowhere/hosts")).toEqual([]);
  });

  test("both families are asked for, and take turns", async () => {
    const dnsServers = await dnsServer({ "mail.example": { a: ["192.0.2.1", "192.0.2.2"], aaaa: ["2001:db8::1"] } });
    const open = reach({ dnsServers, allowCidrs: ["192.0.2.0/24", "2001:db8::/32"] });
    const resolution = await resolveMailHost("mail.example", 587, open);
    expect(resolution).toEqual({
      ok: true,
      host: "mail.example",
      a: ["192.0.2.1", "192.0.2.2"],
      aaaa: ["2001:db8::1"],
      addresses: ["192.0.2.1", "2001:db8::1", "192.0.2.2"],
    });
    expect(await resolveMailHost("missing.example", 587, open)).toEqual({ ok: false, reason: "host_unknown" });
  });

  test("an answer for one family is enough, whatever the other does", async () => {
    const dnsServers = await dnsServer({ "half.example": { a: ["192.0.2.1"], broken: "AAAA" }, "empty.example": { a: [], aaaa: [] } });
    const open = reach({ dnsServers, allowCidrs: ["192.0.2.0/24"] });
    expect(await resolveMailHost("half.example", 587, open)).toMatchObject({ ok: true, addresses: ["192.0.2.1"] });
    expect(await resolveMailHost("empty.example", 587, open)).toEqual({ ok: false, reason: "host_unknown" });
  });

  test("a server that fails is not a name that does not exist", async () => {
    const dnsServers = await dnsServer({ "broken.example": { broken: "A" } });
    expect(await resolveMailHost("broken.example", 587, reach({ dnsServers }))).toEqual({ ok: false, reason: "dns_failed" });
  });

  test("R48: a DNS server that says nothing is given up after five seconds", async () => {
    const dnsServers = await dnsServer({ "silent.example": { silent: true } });
    const startedAt = performance.now();
    expect(await resolveMailHost("silent.example", 587, reach({ dnsServers }))).toEqual({
      ok: false,
      reason: "dns_timeout",
    });
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });

  test("R48: a lookup that is called off ends at once", async () => {
    const dnsServers = await dnsServer({ "silent.example": { silent: true } });
    const startedAt = performance.now();
    const resolution = resolveMailHost("silent.example", 587, reach({ dnsServers }), { signal: AbortSignal.timeout(100) });
    expect(await resolution).toEqual({ ok: false, reason: "dns_failed" });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
