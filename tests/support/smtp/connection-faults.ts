import { DROP, type Script, type ScriptedSmtpOptions, SILENCE } from "@/tests/support/scripted-smtp";
import type { Fault, Scene } from "@/tests/support/smtp/fault";
import { drips, endlessLine, greetsWith, httpServer } from "@/tests/support/smtp/other-servers";

const SECURITIES = ["starttls", "tls"] as const;

/** A greeting other than the usual one. */
const greeting = (text: string): ScriptedSmtpOptions => ({ script: (command) => (command === "GREETING" ? text : undefined) });

const at = (verb: string, answer: ReturnType<Script>): ScriptedSmtpOptions => ({
  script: (command) => (command.startsWith(verb) ? answer : undefined),
});

/** Somebody else's server, or a mail server that does not behave; without TLS of its own. */
function answering(
  name: string,
  options: ScriptedSmtpOptions,
  step: Fault["step"],
  problem: Fault["problem"],
  more: Partial<Fault> = {},
): Fault {
  return { name, step, problem, arrange: async ({ server }) => ({ config: { port: (await server(options)).port } }), ...more };
}

const nameless = (
  name: string,
  problem: Fault["problem"],
  zone: Parameters<Scene["ground"]["dns"]["zones"]["set"]>[1] | undefined,
): Fault => ({
  name,
  step: "dns",
  problem,
  arrange: async ({ ground, host }) => {
    if (zone) ground.dns.zones.set(host, zone);
    else ground.dns.zones.delete(host);
    return { config: {} };
  },
});

export const CONNECTION_FAULTS: readonly Fault[] = [
  nameless("NXDOMAIN", "host_unknown", undefined),
  nameless("a name without an address", "host_unknown", { txt: ["nothing here"] }),
  nameless("a name server that fails", "dns_failed", { broken: true }),
  nameless("a name server that is silent", "dns_timeout", { silent: true }),
  {
    name: "an address that is not public",
    step: "policy",
    problem: "refused_by_policy",
    arrange: async ({ server }) => {
      const { port } = await server();
      return { config: { host: "127.0.0.1", port }, options: { reach: { allowCidrs: [], allowPorts: [port], allowPlaintext: false } } };
    },
  },
  {
    name: "a name whose address is not public",
    step: "policy",
    problem: "refused_by_policy",
    arrange: async ({ ground, host }) => {
      ground.dns.zones.set(host, { a: ["203.0.114.1", "10.0.0.1"] });
      return { config: { port: 587 } };
    },
  },
  {
    name: "a port that is not for mail",
    step: "policy",
    problem: "port_not_allowed",
    arrange: async ({ ground }) => ({
      config: { port: 6379 },
      options: { reach: { allowCidrs: ["127.0.0.0/8"], allowPorts: [], allowPlaintext: false, dnsServers: [ground.dns.address] } },
    }),
  },
  {
    name: "no route",
    step: "tcp",
    problem: "no_route",
    arrange: async ({ ground, host }) => {
      ground.dns.zones.set(host, { a: ["255.255.255.255"] });
      return { config: {} };
    },
  },
  {
    name: "IPv6-only",
    step: "tcp",
    problem: "ipv6_only",
    arrange: async ({ ground, host }) => {
      ground.dns.zones.set(host, { aaaa: ["ff02::1:3"] });
      return { config: {} };
    },
  },
  { name: "refused", step: "tcp", problem: "connection_refused", arrange: async () => ({ config: { port: 1 } }) },
  {
    name: "refused, where TLS from the start would do",
    step: "tcp",
    problem: "connection_refused",
    arrange: async ({ server, ground }) => {
      const { port } = await server({ certificate: ground.certificate(), implicitTls: true });
      return { config: { port: 1 }, ports: { tls: port }, fix: { code: "use_tls", set: { security: "tls", port } } };
    },
  },
  {
    name: "filtered",
    step: "tcp",
    problem: "connection_filtered",
    arrange: async ({ ground }) => ({ config: { port: ground.filteredPort } }),
  },
  {
    name: "filtered, where STARTTLS on another port would do",
    step: "tcp",
    problem: "connection_filtered",
    arrange: async ({ server, ground }) => {
      const { port } = await server({ extensions: ["STARTTLS"] });
      return {
        config: { port: ground.filteredPort },
        ports: { starttls: port },
        fix: { code: "use_starttls", set: { security: "starttls", port } },
      };
    },
  },
  answering("a silent server", at("GREETING", SILENCE), "greeting", "silent_server"),
  answering("a server that falls silent", at("EHLO", SILENCE), "ehlo", "silent_server"),
  answering("a dripping server", { takeOver: drips }, "greeting", "slow_server"),
  answering("an endless line", { takeOver: endlessLine }, "greeting", "endless_line"),
  answering("a banner of 554", greeting("554 5.7.1 blocked, see http://lists.example/203.0.113.9"), "greeting", "banner_rejected"),
  answering("421 as the banner", greeting("421 4.3.2 going down"), "greeting", "shutting_down", { verdict: "temporary" }),
  answering("421 in the middle", at("EHLO", { say: "421 4.3.2 going down", then: DROP }), "ehlo", "shutting_down", {
    verdict: "temporary",
  }),
  answering(
    "a connection limit",
    greeting("421 4.7.0 mail.example Too many concurrent connections from 203.0.113.9"),
    "greeting",
    "too_many_connections",
    {
      verdict: "temporary",
    },
  ),
  answering("a connection limit in other words", greeting("554 5.7.0 connection limit exceeded"), "greeting", "too_many_connections", {
    verdict: "temporary",
  }),
  answering("a connection that ends at once", at("GREETING", DROP), "greeting", "connection_lost"),
  answering("a connection that ends in the middle", at("EHLO", DROP), "ehlo", "connection_lost"),
  answering("EHLO is not known", at("EHLO", "502 5.5.1 what"), "ehlo", "ehlo_rejected"),
  ...SECURITIES.flatMap((security): Fault[] => {
    const step = security === "tls" ? "tls" : "greeting";
    const other = (name: string, takeOver: NonNullable<ScriptedSmtpOptions["takeOver"]>, problem: Fault["problem"]): Fault => ({
      name: `${name}, asked for ${security}`,
      step,
      problem,
      arrange: async ({ server }) => ({ config: { security, port: (await server({ takeOver })).port } }),
    });
    return [
      other("an HTTP server", httpServer, "not_smtp_http"),
      other("a POP3 server", greetsWith("+OK POP3 ready", "-ERR what"), "not_smtp_pop3"),
      other("an IMAP server", greetsWith("* OK [CAPABILITY IMAP4rev1] ready", "* BAD what"), "not_smtp_imap"),
      other("a server of some other kind", greetsWith("SSH-2.0-OpenSSH_9.9"), "not_smtp"),
    ];
  }),
  {
    name: "an HTTPS server",
    step: "greeting",
    problem: "not_smtp_http",
    arrange: async ({ server, ground, host }) => {
      const { port } = await server({ takeOver: httpServer, implicitTls: true, certificate: ground.certificate({ hosts: [host] }) });
      return { config: { security: "tls", port } };
    },
  },
  {
    name: "a server that is always just in time",
    step: "mail_from",
    problem: "deadline",
    arrange: async ({ server, ground, host }) => {
      const says: Record<string, string> = {
        GREETING: "220 x",
        EHLO: "250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN",
        AUTH: "235 ok",
        MAIL: "250 ok",
      };
      const script: Script = (command) => {
        const say = says[command.split(" ")[0] ?? ""];
        return say === undefined ? undefined : { say, afterMs: 1500 };
      };
      const { port } = await server({ certificate: ground.certificate({ hosts: [host] }), script });
      return { config: { port, connectionTimeoutMs: 1000 } };
    },
  },
];
