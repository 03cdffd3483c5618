import { toChannel } from "@/lib/dialects/votel/from-domain";
import { type ApiView, OPEN } from "@/lib/http/api-view";
import type { BoundSenderDto } from "@/lib/services/senders/bound-dto";

/** A mail or text sender as this API's clients see it. */
export function votelView(sender: BoundSenderDto): ApiView {
  const shown = toChannel(sender);
  const { id: _id, tenant_id: _tenant, status: _status, created_at: _at, ...rest } = shown;
  // what it was made without, this API asks for
  const given = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value ?? `<${name}>`]));
  return {
    api: "votel",
    shown,
    request: { method: "POST", path: "/api/channels", headers: { "X-API-Key": OPEN.key }, body: given },
  };
}
