import type { CertificateOptions } from "@/tests/support/certificate";
import { makeAuthority, makeCertificate } from "@/tests/support/certificate";
import type { ScriptedSmtpOptions } from "@/tests/support/scripted-smtp";
import type { Arranged, Fault, Scene } from "@/tests/support/smtp/fault";

const SECURITIES = ["starttls", "tls"] as const;
const EXTENSIONS = ["STARTTLS", "AUTH PLAIN LOGIN"];
const OLD = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;

const usual = ({ ground, host }: Scene, more: Partial<CertificateOptions> = {}): ScriptedSmtpOptions => ({
  certificate: ground.certificate({ hosts: [host], ...more }),
  extensions: EXTENSIONS,
});

/** The same fault with TLS from the start and with STARTTLS. */
function both(name: string, problem: Fault["problem"], options: (scene: Scene) => ScriptedSmtpOptions): Fault[] {
  return SECURITIES.map((security) => ({
    name: `${name}, ${security}`,
    step: "tls",
    problem,
    arrange: async (scene) => {
      const { port } = await scene.server({ ...options(scene), implicitTls: security === "tls" });
      return { config: { security, port } };
    },
  }));
}

function inClear(name: string, problem: Fault["problem"], options: ScriptedSmtpOptions): Fault {
  return { name, step: "tls", problem, arrange: async ({ server }) => ({ config: { port: (await server(options)).port } }) };
}

export const TLS_FAULTS: readonly Fault[] = [
  {
    name: "TLS from the start on a port of STARTTLS",
    step: "tls",
    problem: "tls_on_plain_port",
    arrange: async (scene) => {
      const { port } = await scene.server(usual(scene));
      return { config: { security: "tls", port }, fix: { code: "use_starttls", set: { security: "starttls", port } } };
    },
  },
  {
    name: "TLS from the start on a port without any TLS, where another port has it",
    step: "tls",
    problem: "tls_on_plain_port",
    arrange: async (scene) => {
      const [clear, upgraded] = await Promise.all([scene.server(), scene.server(usual(scene))]);
      const fix = { code: "use_starttls", set: { security: "starttls", port: upgraded.port } } as const;
      return { config: { security: "tls", port: clear.port }, ports: { starttls: upgraded.port }, fix };
    },
  },
  {
    name: "STARTTLS on a port of TLS from the start",
    step: "greeting",
    problem: "plain_on_tls_port",
    arrange: async (scene) => {
      const { port } = await scene.server({ ...usual(scene), implicitTls: true });
      return { config: { port }, fix: { code: "use_tls", set: { security: "tls", port } } };
    },
  },
  {
    name: "STARTTLS is not offered, where another port has TLS",
    step: "tls",
    problem: "starttls_not_offered",
    arrange: async (scene): Promise<Arranged> => {
      const [clear, secured] = await Promise.all([
        scene.server({ extensions: ["AUTH PLAIN"] }),
        scene.server({ ...usual(scene), implicitTls: true }),
      ]);
      const fix = { code: "use_tls", set: { security: "tls", port: secured.port } } as const;
      return { config: { port: clear.port }, ports: { tls: secured.port }, fix };
    },
  },
  inClear("STARTTLS is not offered", "starttls_not_offered", { extensions: ["AUTH PLAIN LOGIN"] }),
  inClear("STARTTLS is crossed out on the way", "starttls_stripped", { extensions: ["XXXXXXXA", "AUTH PLAIN"] }),
  inClear("STARTTLS is refused", "starttls_refused", {
    extensions: EXTENSIONS,
    script: (command) => (command === "STARTTLS" ? "454 4.7.0 TLS not available" : undefined),
  }),
  {
    name: "STARTTLS is taken out of the offer, and works",
    step: "tls",
    problem: "starttls_stripped",
    result: "warning",
    arrange: async (scene) => {
      const { port } = await scene.server({ ...usual(scene), extensions: ["AUTH PLAIN"], securedExtensions: EXTENSIONS });
      return { config: { port } };
    },
  },
  {
    name: "an answer injected behind STARTTLS",
    step: "tls",
    problem: "tls_injection",
    arrange: async (scene) => {
      const injected = "250-evil.example\r\n250 AUTH PLAIN\r\n235 ok\r\n";
      return { config: { port: (await scene.server({ ...usual(scene), injected })).port } };
    },
  },
  ...both("a certificate that expired", "certificate_expired", (scene) => usual(scene, { validDays: { from: -30, to: -2 } })),
  ...both("a certificate of the future", "certificate_not_yet_valid", (scene) => usual(scene, { validDays: { from: 2, to: 30 } })),
  ...both("a self-signed certificate", "certificate_self_signed", ({ host }) => ({
    certificate: makeCertificate(host),
    extensions: EXTENSIONS,
  })),
  ...both("a certificate of an unknown authority", "certificate_unknown_ca", ({ ground, host }) => ({
    certificate: ground.certificate({ hosts: [host], authority: makeAuthority("some other authority") }),
    extensions: EXTENSIONS,
  })),
  ...both("a certificate for another name", "certificate_wrong_name", (scene) => usual(scene, { hosts: ["other.example"] })),
  {
    name: "a certificate for a name of the same server",
    step: "tls",
    problem: "certificate_wrong_name",
    arrange: async (scene) => {
      const name = `real-${scene.host}`;
      for (const known of [name, `www.${scene.host}`]) scene.ground.dns.zones.set(known, { a: ["127.0.0.1"] });
      const { port } = await scene.server(usual(scene, { hosts: ["*.example", name] }));
      return { config: { port, host: `www.${scene.host}` }, fix: { code: "use_host", set: { host: name } } };
    },
  },
  ...both("TLS below 1.2", "tls_too_old", (scene) => ({ ...usual(scene), tls: OLD })),
  ...SECURITIES.map(
    (security): Fault => ({
      name: `nothing is wrong with a name beyond ASCII, ${security}`,
      step: "tls",
      problem: null,
      arrange: async (scene) => {
        scene.ground.dns.zones.set("xn--r8jz45g.example", { a: ["127.0.0.1"] });
        const { port } = await scene.server({ ...usual(scene, { hosts: ["xn--r8jz45g.example"] }), implicitTls: security === "tls" });
        return { config: { security, port, host: "例え.example" } };
      },
    }),
  ),
  {
    name: "a certificate that expires soon",
    step: "tls",
    problem: "certificate_expires_soon",
    result: "warning",
    arrange: async (scene) => ({ config: { port: (await scene.server(usual(scene, { validDays: { from: -1, to: 5 } }))).port } }),
  },
  {
    name: "no TLS wished for",
    step: "policy",
    problem: "plaintext",
    arrange: async ({ server }) => {
      const { port } = await server();
      return { config: { port, security: "none", auth: "none" }, fix: { code: "use_starttls", set: { security: "starttls", port } } };
    },
  },
  {
    name: "a password without TLS",
    step: "policy",
    problem: "auth_in_clear_refused",
    arrange: async ({ server, ground }) => {
      const { port } = await server({ extensions: ["AUTH PLAIN"] });
      const reach = { allowCidrs: ["127.0.0.0/8"], allowPorts: [port], allowPlaintext: true, dnsServers: [ground.dns.address] };
      return { config: { port, security: "none" }, options: { reach }, fix: { code: "use_starttls", set: { security: "starttls", port } } };
    },
  },
  {
    name: "no TLS, as the operator allows",
    step: "tls",
    problem: "plaintext",
    result: "warning",
    arrange: async ({ server, ground }) => {
      const { port } = await server({ extensions: ["STARTTLS"] });
      const reach = { allowCidrs: ["127.0.0.0/8"], allowPorts: [port], allowPlaintext: true, dnsServers: [ground.dns.address] };
      const fix = { code: "use_starttls", set: { security: "starttls", port } } as const;
      return { config: { port, security: "none", auth: "none" }, options: { reach }, fix };
    },
  },
];
