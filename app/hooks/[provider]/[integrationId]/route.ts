import { logger } from "@/lib/core/logger";
import { readBytes } from "@/lib/core/read-bytes";
import { anonymous } from "@/lib/http/anonymous";
import { receiveText } from "@/lib/services/numbers/receive-text";

export const dynamic = "force-dynamic";

const MAX_BYTES = 65_536;

/** Any of these in an address makes it a text: an account may be set up to send them so. */
const OF_A_TEXT = new Set(["msisdn", "from", "text", "body", "sig"]);

type Args = { params: Promise<{ provider: string; integrationId: string }> };

/** What a provider posts when a text comes in. Whatever is not signed by it, for whatever reason, is not there. */
export async function POST(request: Request, args: Args): Promise<Response> {
  const bytes = await readBytes(request, MAX_BYTES);
  return bytes ? take(request, args, { method: "POST", search: "", body: Buffer.from(bytes).toString("utf8") }) : answer(404);
}

/**
 * Vonage asks an address before it takes it for incoming texts; whatever the address, that is answered with nothing but
 * a yes. A text that comes this way is taken where it is signed, and else refused, so that its loss is seen.
 */
export async function GET(request: Request, args: Args): Promise<Response> {
  const { search, searchParams } = new URL(request.url);
  const isText = [...searchParams.keys()].some((name) => OF_A_TEXT.has(name.toLowerCase()));
  return isText ? take(request, args, { method: "GET", search, body: "" }) : answer(200);
}

export function HEAD(): Response {
  return answer(200);
}

async function take(request: Request, { params }: Args, given: { method: string; search: string; body: string }): Promise<Response> {
  // the person who texted acts here; whether it was them is for the provider's signature to say
  const ctx = { ...anonymous(request), actor: { type: "link" as const } };
  try {
    return answer((await receiveText(ctx, { ...(await params), ...given, headers: request.headers })) ? 204 : 404);
  } catch (error) {
    logger.error({ err: error, requestId: ctx.request.id }, "an incoming text could not be taken");
    return answer(500);
  }
}

function answer(status: number): Response {
  return new Response(null, { status });
}

const refuse = () => new Response(null, { status: 405, headers: { allow: "GET, HEAD, POST" } });

export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as PUT };
