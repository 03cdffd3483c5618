import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Reach } from "@/lib/channels/providers/define";
import { safeRequest } from "@/lib/delivery/wire/fetch";
import type { Zone } from "@/tests/support/dns-server";
import { dnsWith, outlet, send, smtp } from "@/tests/support/outlet";

/** Spellings of 127.0.0.1, ::1 and other inside addresses that some program somewhere understands. */
const SPELLINGS = [
  ...["127.0.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "0", "127.1", "127.0.1", "127.00.00.01", "127.0.0.01", "0127.0.0.1"],
  ...["0177.0.0.1", "0177.0.0.01", "0177.1", "017700000001", "00000177.0.0.1", "0x7f.0.0.1", "0x7f.1", "0x7f000001", "0X7F.0X0.0X0.0X1"],
  ...["0x7f.0.1", "2130706433", "2130706433.", "02130706433", "4294967297", "127.0.0.1.", "127.0.0.1..", "127.0.0.257", "127.0.0.1%lo"],
  ...["::1", "::", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "::1%lo", "::1%1", "[::1]", "[::]", "::ffff:127.0.0.1"],
  ...["::ffff:7f00:1", "::FFFF:7F00:0001", "0:0:0:0:0:ffff:127.0.0.1", "::127.0.0.1", "::7f00:1", "::ffff:0:127.0.0.1", "::ffff:0.0.0.0"],
  ...[
    "64:ff9b::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2002:7f00:0001::1",
    "2001:0:7f00:1::",
    "fe80::1",
    "fe80::1%lo",
  ],
  ...[
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "lOcAlHoSt",
    "localhost%00",
    "localhost\0.example.com",
    "localhost#.example.com",
  ],
  ...["１２７.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1", "127.0.0.①", "ⓛocalhost", "loc\u00adalhost", "localhost\u200b"],
  ...[
    "127.0.0.1:25",
    "127.0.0.1/",
    "user@127.0.0.1",
    "127.0.0.1@example.com",
    " 127.0.0.1",
    "127.0.0.1\r\n",
    "%31%32%37.0.0.1",
    "127.0.0.1\t",
  ],
  ...["//127.0.0.1", "http://127.0.0.1", "smtp://127.0.0.1", "127.0.0.1?x", "127.0.0.1\\", "1.127.0.0.1.", "", ".", "..", "-", "a..b"],
  ...["10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "fd00::1", "fd00:ec2::254", "255.255.255.255", "224.0.0.1"],
];

/** Names that anybody can register, and what they would lead to. */
const NAMES: Record<string, Zone> = {
  "a.evil.example": { a: ["127.0.0.1"] },
  "aaaa.evil.example": { aaaa: ["::1"] },
  "mapped.evil.example": { aaaa: ["::ffff:127.0.0.1"] },
  "compatible.evil.example": { aaaa: ["::127.0.0.1"] },
  "nat64.evil.example": { aaaa: ["64:ff9b::7f00:1"] },
  "6to4.evil.example": { aaaa: ["2002:7f00:1::"] },
  "teredo.evil.example": { aaaa: ["2001:0:7f00:1::"] },
  "zero.evil.example": { a: ["0.0.0.0"] },
  "unspecified.evil.example": { aaaa: ["::"] },
  "alias.evil.example": { cname: "a.evil.example" },
  "metadata.evil.example": { a: ["169.254.169.254"] },
  "mixed.evil.example": { a: ["8.8.8.8", "127.0.0.1"] },
  "family.evil.example": { a: ["8.8.8.8"], aaaa: ["::1"] },
  "127.0.0.1.nip.example": { a: ["127.0.0.1"] },
  "localtest.example": { a: ["127.0.0.1"], aaaa: ["::1"] },
};

describe("a canary on loopback", () => {
  const hosts = [...new Set([...SPELLINGS, ...Object.keys(NAMES)])];

  test("R46: no spelling of an inside address leads a mail connection there", async () => {
    const { canary, reach } = await setUp();
    expect(hosts.length).toBeGreaterThan(100);
    for (const host of hosts) {
      // Straight into the outlet: what a form refuses may still stand in an old row.
      const config = { ...smtp(canary.port), host };
      const result = await send(outlet(config, reach));
      expect([host, result]).toEqual([host, { outcome: "refused", reason: "refused_by_policy" }]);
    }
    expect(canary.connections()).toBe(0);
    await canary.proveAlive();
  });

  test("R46: no spelling of an inside address leads a request to a provider there", async () => {
    const { canary, reach } = await setUp();
    for (const host of hosts) {
      const bracketed = host.includes(":") && /^[\da-f:.%]+$/i.test(host) ? `[${host}]` : host;
      for (const scheme of ["http", "https"]) {
        const response = await safeRequest(`${scheme}://${bracketed}:${canary.port}/`, { method: "GET", reach, timeoutMs: 3000 });
        expect([host, response.ok]).toEqual([host, false]);
      }
    }
    expect(canary.connections()).toBe(0);
    await canary.proveAlive();
  });

  test("R46: a name that led outside for the last connection is checked again for the next", async () => {
    const { canary, reach, dns } = await setUp();
    // Public to us: only that one address is opened, so that the first answer leads to a server of ours.
    const allowed = { ...reach, allowCidrs: ["127.0.0.1/32"] };
    dns.zones.set("rebind.evil.example", { a: ["127.0.0.1"] });
    const config = { ...smtp(canary.port), host: "rebind.evil.example" };
    expect(await send(outlet(config, allowed))).toMatchObject({ reason: "connect_failed" });
    expect(canary.connections()).toBeGreaterThan(0);
    const before = canary.connections();
    const through = outlet(config, allowed);
    for (const inside of [["127.0.0.2"], ["127.0.0.1", "10.0.0.1"], ["169.254.169.254"]]) {
      dns.zones.set("rebind.evil.example", { a: inside });
      expect(await send(through)).toEqual({ outcome: "refused", reason: "refused_by_policy" });
    }
    expect(canary.connections()).toBe(before);
  });

  test("R46: between the check and the connection nothing is looked up again", async () => {
    const { canary, reach } = await setUp();
    let asked = 0;
    const lookup = async () => ({ a: asked++ === 0 ? ["127.0.0.1"] : ["127.0.0.2"], aaaa: [] });
    const allowed = { ...reach, allowCidrs: ["127.0.0.1/32"] };
    // Hung up on, the mail takes a second connection, and for that the name is looked up and refused.
    const result = await send(outlet({ ...smtp(canary.port), host: "flip.evil.example" }, allowed, { lookup }));
    expect(result).toEqual({ outcome: "refused", reason: "refused_by_policy" });
    expect([canary.connections(), asked]).toEqual([1, 2]);
    const response = await safeRequest(`http://flip.evil.example:${canary.port}/`, { method: "GET", reach: allowed, lookup });
    expect(response).toEqual({ ok: false, reason: "refused_by_policy", sent: false });
  });
});

async function setUp() {
  const canary = await startCanary();
  const dns = await dnsWith(NAMES);
  const reach: Reach = { allowCidrs: [], allowPorts: [canary.port], allowPlaintext: true, dnsServers: [dns.address] };
  return { canary, reach, dns };
}

const withIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));

/** Listens on every address of this machine, IPv4 and IPv6, and hangs up on whoever comes. */
async function startCanary() {
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => undefined);
    socket.destroy();
  });
  server.listen({ port: 0, host: withIpv6 ? "::" : "0.0.0.0", ipv6Only: false });
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const proveAlive = async () => {
    for (const host of withIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"]) {
      const before = connections;
      const reach: Reach = { allowCidrs: ["127.0.0.0/8", "::1/128"], allowPorts: [port], allowPlaintext: false };
      await send(outlet({ ...smtp(port), host }, reach));
      expect(connections).toBeGreaterThan(before);
    }
  };
  return { port, connections: () => connections, proveAlive };
}
