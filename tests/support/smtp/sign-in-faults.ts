import { createHmac } from "node:crypto";
import type { Problem } from "@/lib/channels/diagnosis";
import type { ScriptedSmtpOptions } from "@/tests/support/scripted-smtp";
import type { Arranged, Fault, Scene } from "@/tests/support/smtp/fault";

const OAUTH = {
  auth: "oauth2",
  oauthClientId: "client",
  oauthClientSecret: "client-secret-123",
  oauthRefreshToken: "refresh-123",
} as const;

const secured = ({ ground, host }: Scene, auth: string, hosts = [host]): ScriptedSmtpOptions => ({
  certificate: ground.certificate({ hosts }),
  extensions: ["STARTTLS", ...(auth === "" ? [] : [`AUTH ${auth}`])],
});

/** AUTH is answered like that. */
function refused(
  reply: string,
  problem: Problem,
  more: Partial<Fault & Pick<Arranged, "fix">> & { host?: string; password?: string } = {},
): Fault {
  const { host: known, password, fix, ...rest } = more;
  return {
    name: `AUTH answered with ${reply.replace(/\s+/g, " ").slice(0, 60)}${known ? ` by ${known}` : ""}`,
    step: "auth",
    problem,
    arrange: async (scene) => {
      if (known) scene.ground.dns.zones.set(known, { a: ["127.0.0.1"] });
      const script = (command: string) => (command.startsWith("AUTH") ? reply : undefined);
      const { port } = await scene.server({ ...secured(scene, "PLAIN LOGIN", [known ?? scene.host]), script });
      return { config: { port, ...(known ? { host: known } : {}), ...(password ? { password } : {}) }, ...(fix ? { fix } : {}) };
    },
    ...rest,
  };
}

/** The server is fine; what matters is what the token endpoint says, and what the server says of the token. */
function withToken(name: string, answer: string | undefined, problem: Problem | null, onAuth: string[] = ["235 ok"]): Fault {
  return {
    name,
    step: "auth",
    problem,
    arrange: async (scene) => {
      const takeOver: ScriptedSmtpOptions["takeOver"] = (socket) => socket.once("data", () => socket.end(answer ?? ""));
      const endpoint = await scene.server({ takeOver });
      const answers = [...onAuth];
      const script = (command: string) => (command.startsWith("AUTH") || command === "" ? answers.shift() : undefined);
      const { port } = await scene.server({ ...secured(scene, "XOAUTH2 PLAIN"), script });
      if (answer === undefined) await endpoint.stop();
      return { config: { ...OAUTH, port, oauthTokenUrl: `http://127.0.0.1:${endpoint.port}/token` } };
    },
  };
}

const http = (status: string, body: object) =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n${JSON.stringify(body)}`;
const TOKEN = http("200 OK", { access_token: "ya29.token", expires_in: 3600 });
const USE_OAUTH = { code: "use_oauth", set: { auth: "oauth2" } } as const;

function offer(name: string, auth: string, problem: Problem, more: Pick<Arranged, "fix"> & Partial<Arranged["config"]> = {}): Fault {
  const { fix, ...config } = more;
  return {
    name,
    step: "auth_mechanisms",
    problem,
    arrange: async (scene) => ({ config: { port: (await scene.server(secured(scene, auth))).port, ...config }, ...(fix ? { fix } : {}) }),
  };
}

/** Nothing is wrong; each mechanism by itself. */
function fine(mechanism: string, script?: ScriptedSmtpOptions["script"]): Fault {
  return {
    name: `nothing is wrong, ${mechanism}`,
    step: "auth",
    problem: null,
    arrange: async (scene) => ({
      config: {
        port: (await scene.server({ ...secured(scene, mechanism), ...(script ? { script } : {}) })).port,
        password: "tanstaaftanstaaf",
        username: "tim",
      },
    }),
  };
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
// The example of RFC 2195.
const CHALLENGE = "<1896.697170952@postoffice.reston.mci.net>";
const DIGEST = createHmac("md5", "tanstaaftanstaaf").update(CHALLENGE).digest("hex");

export const SIGN_IN_FAULTS: readonly Fault[] = [
  refused("535 5.7.8 Error: authentication failed: postmaster@example.com", "wrong_password"),
  refused("535 5.7.3 Authentication unsuccessful", "wrong_password"),
  refused(
    "535-5.7.8 Username and Password not accepted. For more information, go to\r\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials",
    "wrong_password",
    {
      host: "smtp.gmail.com",
      password: "abcd efgh ijkl mnop",
    },
  ),
  refused(
    "535-5.7.8 Username and Password not accepted.\r\n535 5.7.8 https://support.google.com/mail/?p=BadCredentials x - gsmtp",
    "app_password_needed",
    {
      host: "smtp.googlemail.com",
    },
  ),
  refused(
    "534-5.7.9 Application-specific password required. Learn more at\r\n534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor - gsmtp",
    "app_password_needed",
  ),
  refused(
    "534-5.7.14 <https://accounts.google.com/signin/continue> Please log in\r\n534 5.7.14 via your web browser and then try again.",
    "app_password_needed",
  ),
  refused(
    "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled",
    "auth_disabled",
    { fix: USE_OAUTH },
  ),
  refused("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "auth_disabled", { fix: USE_OAUTH }),
  refused("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "wrong_password"),
  refused("454 4.7.0 Too many login attempts, please try again later", "auth_temporary", { verdict: "temporary" }),
  refused("421 4.7.0 Temporary System Problem", "shutting_down", { verdict: "temporary" }),
  refused("504 5.5.4 Unrecognized authentication type", "mechanism_not_offered"),
  offer("no AUTH at all", "", "auth_not_offered"),
  offer("a mechanism that is not offered", "XOAUTH2", "mechanism_not_offered", { fix: USE_OAUTH }),
  offer("an unknown mechanism", "GSSAPI NTLM", "mechanism_not_offered"),
  offer("OAuth where only passwords are offered", "PLAIN LOGIN", "mechanism_not_offered", {
    ...OAUTH,
    fix: { code: "use_password", set: { auth: "password" } },
  }),
  withToken("an OAuth token that works", TOKEN, null),
  withToken("an OAuth token that the server refuses", TOKEN, "oauth_token_refused", [
    `334 ${base64('{"status":"400","schemes":"Bearer"}')}`,
    "535 5.7.8 not accepted",
  ]),
  withToken("a refresh token that was withdrawn", http("400 Bad Request", { error: "invalid_grant" }), "oauth_token_refused"),
  withToken("a token endpoint that fails", http("503 Service Unavailable", {}), "oauth_unreachable"),
  withToken("a token endpoint that is not there", undefined, "oauth_unreachable"),
  fine("PLAIN"),
  fine("LOGIN", (command) => {
    if (command === "AUTH LOGIN") return `334 ${base64("Username:")}`;
    if (command === base64("tim")) return `334 ${base64("Password:")}`;
    return command === base64("tanstaaftanstaaf") ? "235 ok" : undefined;
  }),
  fine("CRAM-MD5", (command) => {
    if (command === "AUTH CRAM-MD5") return `334 ${base64(CHALLENGE)}`;
    return command === base64(`tim ${DIGEST}`) ? "235 ok" : undefined;
  }),
];
