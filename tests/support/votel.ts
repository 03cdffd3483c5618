import { newId } from "@/lib/core/ids";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram } from "@/tests/support/programs";

const BASE = "/api/channels";

export interface VotelChannel {
  id: string;
  tenant_id: string;
  name: string;
  channel_type: "email" | "sms";
  integration_id: string;
  send_from_email?: string;
  email_domain_id?: string | null;
  send_from_phone_number?: string;
  phone_number_id?: string | null;
  status: string;
  is_default: boolean;
  metadata: Record<string, unknown>;
  created_at: string;
}

export interface VotelRequest {
  key?: string;
  id?: string;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A request as a client of Votel's sends it. */
export function callVotel(method: string, { key, id, query = "", body, headers = {} }: VotelRequest): Promise<Response> {
  return callProgram({
    file: `(dialects)/(votel)${BASE}${id ? "/[id]" : ""}/route.ts`,
    method,
    path: `${BASE}${id ? `/${id}` : ""}${query}`,
    params: id ? { id } : {},
    headers: { ...(key ? { "x-api-key": key } : {}), ...headers },
    body,
  });
}

/** An email domain, as it is once its records were found, or before. */
export async function addDomain(institutionId: string, domain: string, state = "verified"): Promise<string> {
  const id = newId();
  await asAdmin(
    `INSERT INTO email_domain (institution_id, id, domain, token, dkim_selector, dkim_public_key, dkim_private_key, state, next_check_at)
     VALUES ($1, $2, $3, 'token', 'reachable', '-', '-', $4, '2999-01-01')`,
    [institutionId, id, domain, state],
  );
  return id;
}

/** A number that was bought or registered and has no sender. */
export async function addNumber(institutionId: string, integrationId: string, number: string, verified = true): Promise<string> {
  const id = newId();
  await asAdmin(
    `INSERT INTO phone_number (institution_id, id, number, country, integration_id, origin, verified_at)
     VALUES ($1, $2, $3, 'US', $4, $5, $6)`,
    [institutionId, id, number, integrationId, verified ? "bought" : "registered", verified ? new Date() : null],
  );
  return id;
}
