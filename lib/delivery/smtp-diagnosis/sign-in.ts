import { chooseMechanism, type Mechanism, offeredMechanisms, signIn } from "@/lib/delivery/smtp-diagnosis/authenticate";
import type { Climb } from "@/lib/delivery/smtp-diagnosis/climb";
import type { Conversation } from "@/lib/delivery/smtp-diagnosis/conversation";
import { RungFailure } from "@/lib/delivery/smtp-diagnosis/found";
import { judgeSignIn } from "@/lib/delivery/smtp-diagnosis/judge";
import { showReply } from "@/lib/delivery/smtp-diagnosis/reply";
import { type Credentials, secretForms } from "@/lib/delivery/smtp-secrets";
import { fetchAccessToken } from "@/lib/delivery/wire/oauth-token";

const ACCEPTED = 235;
// They take no account password from programs, and answer one as if it were merely wrong.
const APP_PASSWORD_HOSTS = /(?:^|\.)(?:gmail|googlemail|fastmail|mail\.yahoo|mail\.me|zoho)\.(?:com|eu|in)$/i;
const APP_PASSWORD = /^(?:[a-z0-9]{16}|[a-z0-9]{12})$/i;

/** auth_mechanisms and auth; without a password both are left out. */
export async function authenticate(climb: Climb, talk: Conversation, capabilities: string[]): Promise<void> {
  const { config, rungs } = climb;
  const kind = config.auth;
  if (kind === "none") {
    rungs.skip("auth_mechanisms");
    rungs.skip("auth");
    return;
  }
  const mechanism = await rungs.climb("auth_mechanisms", async () => choose(kind, capabilities));
  await rungs.climb("auth", async () => {
    const credentials: Credentials = { username: config.username, secret: await secretFor(climb, kind) };
    const reply = await signIn(talk, mechanism, credentials);
    const shown = { facts: { mechanism }, reply: showReply(reply, secretForms(credentials)) };
    if (reply.code === ACCEPTED) return { value: undefined, ...shown };
    throw new RungFailure(judgeSignIn(reply, { kind, mechanism, appPasswordsOnly: wantsAppPassword(climb) }), shown);
  });
}

async function choose(kind: "password" | "oauth2", capabilities: string[]): Promise<{ value: Mechanism; facts: { offered: string } }> {
  const offered = offeredMechanisms(capabilities);
  const facts = { offered: offered.join(", ") };
  const value = chooseMechanism(kind, offered);
  if (value) return { value, facts };
  if (offered.length === 0) throw new RungFailure({ code: "auth_not_offered" });
  const wanted = kind === "oauth2" ? "XOAUTH2" : "PLAIN, LOGIN, CRAM-MD5";
  const fix = kind === "password" ? offered.includes("XOAUTH2") : chooseMechanism("password", offered) !== undefined;
  throw new RungFailure(
    {
      code: "mechanism_not_offered",
      params: { wanted, offered: facts.offered },
      ...(fix && kind === "password" ? { fix: { code: "use_oauth", set: { auth: "oauth2" } } } : {}),
      ...(fix && kind === "oauth2" ? { fix: { code: "use_password", set: { auth: "password" } } } : {}),
    },
    { facts },
  );
}

async function secretFor({ config, options, signal }: Climb, kind: "password" | "oauth2"): Promise<string> {
  if (kind === "password") return config.password;
  const { oauthTokenUrl: tokenUrl, oauthClientId: clientId, oauthClientSecret: clientSecret, oauthRefreshToken: refreshToken, ca } = config;
  const answer = await fetchAccessToken({ tokenUrl, clientId, clientSecret, refreshToken }, options.reach, {
    signal,
    ca,
    keeper: options.keeper,
  });
  if (answer.ok) return answer.token;
  const { outcome, reason } = answer.failure;
  if (reason === "refused_by_policy") throw new RungFailure({ code: "refused_by_policy", params: { host: hostOf(tokenUrl) } });
  throw new RungFailure({ code: outcome === "refused" ? "oauth_token_refused" : "oauth_unreachable", params: { host: hostOf(tokenUrl) } });
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}

function wantsAppPassword({ config }: Climb): boolean {
  return APP_PASSWORD_HOSTS.test(config.host) && !APP_PASSWORD.test(config.password.replace(/[\s-]/g, ""));
}
