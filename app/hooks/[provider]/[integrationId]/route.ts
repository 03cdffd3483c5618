import { logger } from "@/lib/core/logger";
import { anonymous } from "@/lib/http/define-route";
import { readBytes } from "@/lib/http/read-json";
import { receiveText } from "@/lib/services/numbers/receive-text";

export const dynamic = "force-dynamic";

const MAX_BYTES = 65_536;

type Args = { params: Promise<{ provider: string; integrationId: string }> };

/** What a provider posts when a text comes in. Whatever is not signed by it, for whatever reason, is not there. */
export async function POST(request: Request, { params }: Args): Promise<Response> {
  const { provider, integrationId } = await params;
  const bytes = await readBytes(request, MAX_BYTES);
  // the person who texted acts here; whether it was them is for the provider's signature to say
  const ctx = { ...anonymous(request), actor: { type: "link" as const } };
  try {
    const body = bytes && Buffer.from(bytes).toString("utf8");
    const given = { provider, integrationId, method: "POST", headers: request.headers };
    const taken = body !== null && (await receiveText(ctx, { ...given, body }));
    return new Response(null, { status: taken ? 204 : 404 });
  } catch (error) {
    logger.error({ err: error, requestId: ctx.request.id }, "an incoming text could not be taken");
    return new Response(null, { status: 500 });
  }
}

/** Vonage asks an address before it takes it for incoming texts; whatever the address, this says nothing but that. */
export function GET(): Response {
  return new Response(null, { status: 200 });
}

const refuse = () => new Response(null, { status: 405, headers: { allow: "GET, POST" } });

export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as PUT };
