import { documentOf } from "@/app/api/openapi/apis";
import { probe } from "@/lib/http/probe";

/** `/api/openapi/native.json`: an API's description, for everybody. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = probe(
  async (_request: Request, { params }: { params: Promise<{ name: string }> }) => {
    const [, name = ""] = /^([a-z]+)\.json$/.exec((await params).name) ?? [];
    const found = documentOf(name);
    return found
      ? Response.json(found, { headers: { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" } })
      : new Response(null, { status: 404 });
  },
);
