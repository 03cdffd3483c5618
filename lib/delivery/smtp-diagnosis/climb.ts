import type { Socket } from "node:net";
import type { CheckOptions } from "@/lib/channels/providers/define";
import type { SmtpConfig } from "@/lib/channels/providers/smtp-config";
import type { Open, UsualPorts } from "@/lib/delivery/smtp-diagnosis/probe";
import type { Rungs } from "@/lib/delivery/smtp-diagnosis/rungs";
import type { connectTo } from "@/lib/delivery/wire/connect";
import type { resolveMailHost } from "@/lib/delivery/wire/resolve";

/** The ways to the network; a test puts its own in their place where packets cannot be dropped for real. */
export interface Wire {
  resolve: typeof resolveMailHost;
  connect: typeof connectTo;
  ports: UsualPorts;
}

/** One diagnosis under way. */
export interface Climb {
  config: SmtpConfig;
  options: CheckOptions;
  rungs: Rungs;
  wire: Wire;
  /** The host as it is looked up, in ASCII: what a certificate has to be for. */
  host: string;
  /** Ends everything: the deadline passed, or nobody listens any more. */
  signal: AbortSignal;
  /** Every socket that was opened, to be destroyed at the end. */
  sockets: Set<Socket>;
}

/** The server, once a connection to it stands. */
export interface Server {
  socket: Socket;
  address: string;
  /** For a second look at the same address. */
  open: Open;
}

const LONGEST_PROBE_MS = 3_000;

/** A second look may find the cure, but must not keep anybody waiting. */
export function probeMs({ config }: Climb): number {
  return Math.min(LONGEST_PROBE_MS, config.connectionTimeoutMs, config.readTimeoutMs);
}

export function tlsOf({ config, host }: Climb): { host: string; ca: string } {
  return { host, ca: config.ca };
}
