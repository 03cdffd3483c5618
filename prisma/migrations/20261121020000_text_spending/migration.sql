-- Where a text goes and what it costs, on its own row; what was held back and why; numbers on their way; who a webhook belongs to.

ALTER TABLE "message"
  -- of texts: ISO 3166-1, or ZZ where a number belongs to no country
  ADD COLUMN "country" text,
  ADD COLUMN "dial_code" text,
  -- millionths of the institution's currency, as priced when it was queued
  ADD COLUMN "cost_micros" bigint;
CREATE INDEX "message_text_idx" ON "message" ("institution_id", "dial_code", "created_at" DESC) WHERE "dial_code" IS NOT NULL;
CREATE INDEX "message_text_open_idx" ON "message" ("institution_id", "created_at") WHERE "cost_micros" IS NOT NULL;

-- { reason: how many }
ALTER TABLE "sms_day" ADD COLUMN "held_reasons" jsonb NOT NULL DEFAULT '{}';

ALTER TABLE "phone_number"
  -- buying | active | lost: a purchase whose answer never came is asked about again
  ADD COLUMN "state" text NOT NULL DEFAULT 'active',
  ADD COLUMN "sender_name" text,
  -- of bought ones: whether the provider took the address for incoming texts
  ADD COLUMN "webhook_set" boolean;

-- Whose integration it is that a provider posts to; the path names nothing but the integration.
CREATE FUNCTION integration_institution(integration uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.institution_id FROM integration t WHERE t.id = $1 AND t.secrets IS NOT NULL $$;

DO $$
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO reachable_housekeeper';
  EXECUTE 'ALTER FUNCTION integration_institution(uuid) OWNER TO reachable_housekeeper';
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM reachable_housekeeper';
  EXECUTE 'REVOKE ALL ON FUNCTION integration_institution(uuid) FROM public';
  EXECUTE 'GRANT EXECUTE ON FUNCTION integration_institution(uuid) TO reachable_app_rights';
END $$;
