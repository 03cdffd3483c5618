import { hostSlip } from "@/lib/channels/providers/smtp-paste";
import { type Climb, probeMs, type Server, tlsOf } from "@/lib/delivery/smtp-diagnosis/climb";
import { type Found, RungFailure } from "@/lib/delivery/smtp-diagnosis/found";
import { findBetter, type Open, starttlsOn } from "@/lib/delivery/smtp-diagnosis/probe";
import type { Held } from "@/lib/delivery/smtp-diagnosis/rungs";
import { isGlobal } from "@/lib/delivery/wire/address-policy";
import type { ConnectFailure } from "@/lib/delivery/wire/connect";
import type { Resolution } from "@/lib/delivery/wire/resolve";

type Place = Extract<Resolution, { ok: true }>;

const FOUND: Record<ConnectFailure, Found> = {
  connection_refused: { code: "connection_refused" },
  connection_filtered: { code: "connection_filtered" },
  no_route: { code: "no_route" },
  aborted: { code: "deadline" },
};

/** dns, policy and tcp: up to an open connection. */
export async function reachServer(climb: Climb): Promise<Server> {
  const { config, rungs } = climb;
  const resolution = await rungs.climb("dns", () => lookUp(climb));
  const place = await rungs.climb("policy", async () => ({ value: judgePolicy(climb, resolution) }));
  climb.host = place.host;
  rungs.inside = !place.addresses.every(isGlobal);
  const open = opener(climb, place);
  return rungs.climb("tcp", async () => {
    const connected = await climb.wire.connect(place.addresses, config.port, {
      timeoutMs: config.connectionTimeoutMs,
      signal: climb.signal,
    });
    if (!connected.ok) throw await unreached(climb, place, open, connected.reason);
    climb.sockets.add(connected.socket);
    const { socket, address } = connected;
    return {
      value: { socket, address, open: opener(climb, { ...place, addresses: [address] }) },
      facts: { address, port: `${config.port}` },
    };
  });
}

async function lookUp({ config, options, wire, signal }: Climb): Promise<Held<Resolution>> {
  if (config.host === "") throw new RungFailure({ code: "host_empty" });
  if (hostSlip(config.host) === "host_is_email") throw new RungFailure({ code: "host_is_email" });
  const resolution = await wire.resolve(config.host, config.port, options.reach, { signal });
  if (!resolution.ok) {
    const { reason } = resolution;
    // What policy refuses is told by the next rung, and nothing of what was found is shown (R46).
    if (reason === "refused_by_policy" || reason === "port_not_allowed") return { value: resolution, skipped: true };
    throw new RungFailure({ code: reason, params: { host: config.host } });
  }
  const { a, aaaa } = resolution;
  const facts = { ...(a.length > 0 ? { a: a.join(", ") } : {}), ...(aaaa.length > 0 ? { aaaa: aaaa.join(", ") } : {}) };
  return { value: resolution, facts };
}

function judgePolicy({ config, options, rungs }: Climb, resolution: Resolution): Place {
  if (!resolution.ok) {
    rungs.inside = true;
    throw new RungFailure({ code: resolution.reason, params: { host: config.host, port: config.port } });
  }
  if (config.security === "none" && config.auth !== "none") {
    throw new RungFailure({ code: "auth_in_clear_refused", fix: starttlsOn(config.port) });
  }
  if (config.security === "none" && !options.reach.allowPlaintext) {
    throw new RungFailure({ code: "plaintext", fix: starttlsOn(config.port) });
  }
  return resolution;
}

function opener(climb: Climb, { addresses }: Place): Open {
  return async (port) => {
    const connected = await climb.wire.connect(addresses, port, { timeoutMs: probeMs(climb), signal: climb.signal });
    if (!connected.ok) throw new RungFailure(FOUND[connected.reason]);
    climb.sockets.add(connected.socket);
    return connected.socket;
  };
}

async function unreached(climb: Climb, place: Place, open: Open, reason: ConnectFailure): Promise<RungFailure> {
  const { config } = climb;
  const params = { port: config.port };
  if (reason === "no_route") return new RungFailure({ code: place.a.length === 0 ? "ipv6_only" : "no_route" });
  if (reason === "aborted") return new RungFailure(FOUND.aborted);
  const fix = await findBetter(open, config, tlsOf(climb), probeMs(climb), climb.wire.ports);
  return new RungFailure({ code: reason, params, ...(fix ? { fix } : {}) });
}
