import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authenticate } from "@/lib/auth/authenticate";
import { nextAuthOptions } from "@/lib/auth/next-auth";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { readBytes } from "@/lib/core/read-bytes";
import { env } from "@/lib/env";
import { anonymous } from "@/lib/http/anonymous";
import { problem } from "@/lib/http/problem";
import { assertSameOrigin } from "@/lib/http/same-origin";
import { signIn } from "@/lib/services/session/sign-in";
import { signOut } from "@/lib/services/session/sign-out";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

// Its log endpoint takes anything from anybody, and the pages are ours.
const READS = ["csrf", "providers", "session", "signin", "signout", "error"];
const WRITES = ["callback", "signin", "signout"];
const MAX_BYTES = 65_536;

export async function GET(request: NextRequest, context: RouteContext): Promise<Response> {
  return (await isOneOf(READS, context)) ? handle(request, context) : refuse(request, "not_found");
}

export async function POST(request: NextRequest, context: RouteContext): Promise<Response> {
  if (!assertSameOrigin(request.headers, env().appOrigin)) {
    return refuse(request, "forbidden", "crossOrigin");
  }
  if (!(await isOneOf(WRITES, context))) {
    return refuse(request, "not_found");
  }
  const body = await readBytes(request, MAX_BYTES);
  if (body === null) {
    return refuse(request, "too_large");
  }
  const { url, headers } = request;
  return handle(new NextRequest(url, { method: "POST", headers, body: Buffer.from(body) }), context);
}

const notAllowed = (request: NextRequest) => problem(new AppError("method_not_allowed"), anonymous(request), { allow: "GET, POST" });

export { notAllowed as DELETE, notAllowed as OPTIONS, notAllowed as PATCH, notAllowed as PUT };

async function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  const ctx = anonymous(request);
  const options = nextAuthOptions({
    signIn: (credentials) => signIn(ctx, credentials).catch((error: unknown) => refusal(error, ctx.request.id)),
    signOut: async (token) => {
      const { actor } = await authenticate(token);
      await signOut({ ...ctx, actor });
    },
  });
  return NextAuth(request, context, options);
}

// next-auth puts an error's message into an address: only our own codes may stand there.
function refusal(error: unknown, requestId: string): null {
  if (error instanceof AppError && error.code === "rate_limited") {
    throw new Error(error.code);
  }
  if (error instanceof AppError) {
    return null;
  }
  logger.error({ err: error, requestId }, "request failed");
  throw new Error("internal");
}

async function isOneOf(actions: string[], context: RouteContext): Promise<boolean> {
  const [action, provider, ...rest] = (await context.params).nextauth;
  return rest.length === 0 && action !== undefined && actions.includes(action) && (provider === undefined || provider === "credentials");
}

function refuse(request: Request, code: "forbidden" | "not_found" | "too_large", reason?: string): Promise<Response> {
  return problem(new AppError(code, reason ? { reason } : {}), anonymous(request));
}
