-- Integrations, senders and what proves them; email domains, phone numbers, and what texts cost.

CREATE TABLE "integration" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "name" text NOT NULL,
  "provider" text NOT NULL,
  "channel" text NOT NULL,
  -- what the provider's form asked for, without its secret fields
  "config" jsonb NOT NULL,
  "config_version" integer NOT NULL DEFAULT 1,
  -- the secret fields as one sealed JSON object (R50); the version is part of its place
  "secrets" text,
  "secrets_version" integer NOT NULL DEFAULT 0,
  -- when each secret was set and by whom, never what it is
  "secret_facts" jsonb NOT NULL DEFAULT '{}',
  "created_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_by_id" uuid,
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id")
);
CREATE INDEX "integration_created_idx" ON "integration" ("institution_id", "created_at" DESC, "id" DESC);
-- for `secrets:rewrap`, which goes through the rows in this order
CREATE INDEX "integration_secrets_idx" ON "integration" ("id") WHERE "secrets" IS NOT NULL;

CREATE TABLE "email_domain" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  -- A-label, lower case
  "domain" text NOT NULL,
  "token" text NOT NULL,
  "dkim_selector" text NOT NULL,
  "dkim_public_key" text NOT NULL,
  "dkim_private_key" text NOT NULL,
  "dkim_key_version" integer NOT NULL DEFAULT 1,
  -- pending | verified | failed
  "state" text NOT NULL DEFAULT 'pending',
  -- what was found at the last look, a record each
  "records" jsonb NOT NULL DEFAULT '[]',
  "dkim_published_at" timestamptz(3),
  "verified_at" timestamptz(3),
  "checked_at" timestamptz(3),
  "next_check_at" timestamptz(3) NOT NULL DEFAULT now(),
  "created_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "email_domain_domain_key" UNIQUE ("institution_id", "domain")
);
CREATE INDEX "email_domain_created_idx" ON "email_domain" ("institution_id", "created_at" DESC, "id" DESC);
CREATE INDEX "email_domain_next_check_idx" ON "email_domain" ("next_check_at");

CREATE TABLE "phone_number" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  -- E.164
  "number" text NOT NULL,
  "country" text NOT NULL,
  "integration_id" uuid NOT NULL,
  "provider_reference" text,
  -- bought | registered
  "origin" text NOT NULL,
  "verified_at" timestamptz(3),
  "created_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "phone_number_number_key" UNIQUE ("institution_id", "number"),
  CONSTRAINT "phone_number_integration_fkey" FOREIGN KEY ("institution_id", "integration_id")
    REFERENCES "integration" ("institution_id", "id")
);
CREATE INDEX "phone_number_created_idx" ON "phone_number" ("institution_id", "created_at" DESC, "id" DESC);
CREATE INDEX "phone_number_integration_idx" ON "phone_number" ("institution_id", "integration_id");

CREATE TABLE "sender" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "integration_id" uuid NOT NULL,
  -- email | sms
  "type" text NOT NULL,
  "name" text NOT NULL,
  "remark" text,
  -- what the SlaunchX contract calls channelHost; free text
  "host" text,
  "from_address" text,
  "from_name" text,
  "from_number" text,
  "email_domain_id" uuid,
  "phone_number_id" uuid,
  "is_default" boolean NOT NULL DEFAULT false,
  -- pending | active | inactive | error
  "state" text NOT NULL DEFAULT 'pending',
  "state_reason" text,
  "state_reply" text,
  "state_at" timestamptz(3) NOT NULL DEFAULT now(),
  -- raised by every change that matters; a proof counts for the revision it was made for
  "revision" integer NOT NULL DEFAULT 1,
  "proven_revision" integer,
  "proven_at" timestamptz(3),
  "proven_by_id" uuid,
  -- the configuration that was proven last and keeps sending while a new one is pending (R49)
  "proven_config" jsonb,
  "proven_secrets" text,
  -- the last ladder: a DiagnosisResult, when, and of which revision
  "diagnosis" jsonb,
  "diagnosed_at" timestamptz(3),
  "diagnosed_revision" integer,
  -- health, written by the worker
  "failure_run" integer NOT NULL DEFAULT 0,
  "circuit_open_until" timestamptz(3),
  "circuit_opened_at" timestamptz(3)[] NOT NULL DEFAULT '{}',
  "last_success_at" timestamptz(3),
  "last_failure_at" timestamptz(3),
  "last_failure_reason" text,
  -- the resend ladder of its verification (R22)
  "send_step" integer NOT NULL DEFAULT 0,
  "next_send_at" timestamptz(3),
  -- messages a minute, if the admin sets one (R72)
  "rate_per_minute" integer,
  "metadata" jsonb NOT NULL DEFAULT '{}',
  "created_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_by_id" uuid,
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "sender_integration_fkey" FOREIGN KEY ("institution_id", "integration_id")
    REFERENCES "integration" ("institution_id", "id"),
  CONSTRAINT "sender_email_domain_fkey" FOREIGN KEY ("institution_id", "email_domain_id")
    REFERENCES "email_domain" ("institution_id", "id"),
  CONSTRAINT "sender_phone_number_fkey" FOREIGN KEY ("institution_id", "phone_number_id")
    REFERENCES "phone_number" ("institution_id", "id")
);
-- one default a type; making one the default unsets the other in the same transaction
CREATE UNIQUE INDEX "sender_default_key" ON "sender" ("institution_id", "type") WHERE "is_default";
CREATE UNIQUE INDEX "sender_phone_number_key" ON "sender" ("institution_id", "phone_number_id") WHERE "phone_number_id" IS NOT NULL;
CREATE INDEX "sender_created_idx" ON "sender" ("institution_id", "created_at" DESC, "id" DESC);
CREATE INDEX "sender_state_idx" ON "sender" ("institution_id", "state", "created_at" DESC, "id" DESC);
CREATE INDEX "sender_type_idx" ON "sender" ("institution_id", "type", "created_at" DESC, "id" DESC);
CREATE INDEX "sender_name_idx" ON "sender" ("institution_id", lower("name"), "id");
CREATE INDEX "sender_integration_idx" ON "sender" ("institution_id", "integration_id");
CREATE INDEX "sender_email_domain_idx" ON "sender" ("institution_id", "email_domain_id");
CREATE INDEX "sender_secrets_idx" ON "sender" ("id") WHERE "proven_secrets" IS NOT NULL;

CREATE TABLE "sender_verification" (
  "institution_id" uuid NOT NULL,
  "id" uuid NOT NULL,
  "sender_id" uuid NOT NULL,
  "revision" integer NOT NULL,
  "requested_by_id" uuid NOT NULL,
  -- the person's contact point, or null for the address that they sign in with
  "contact_point_id" uuid,
  "masked_address" text NOT NULL,
  "code_hash" bytea NOT NULL,
  "pepper_kid" text NOT NULL,
  "attempts" integer NOT NULL DEFAULT 0,
  "max_attempts" integer NOT NULL,
  "message_id" uuid,
  "expires_at" timestamptz(3) NOT NULL,
  "consumed_at" timestamptz(3),
  "voided_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "sender_verification_sender_fkey" FOREIGN KEY ("institution_id", "sender_id")
    REFERENCES "sender" ("institution_id", "id") ON DELETE CASCADE
);
CREATE INDEX "sender_verification_sender_idx" ON "sender_verification" ("institution_id", "sender_id", "created_at" DESC);
CREATE UNIQUE INDEX "sender_verification_live_key" ON "sender_verification" ("institution_id", "sender_id")
  WHERE "consumed_at" IS NULL AND "voided_at" IS NULL;
CREATE INDEX "sender_verification_created_at_idx" ON "sender_verification" ("created_at");

-- A day of one sender, for its chart.
CREATE TABLE "sender_day" (
  "institution_id" uuid NOT NULL,
  "sender_id" uuid NOT NULL,
  "day" date NOT NULL,
  "sent" integer NOT NULL DEFAULT 0,
  "failed" integer NOT NULL DEFAULT 0,
  PRIMARY KEY ("institution_id", "sender_id", "day"),
  CONSTRAINT "sender_day_sender_fkey" FOREIGN KEY ("institution_id", "sender_id")
    REFERENCES "sender" ("institution_id", "id") ON DELETE CASCADE
);

-- STOP: that sender may not text that number. START deletes the row.
CREATE TABLE "sms_opt_out" (
  "institution_id" uuid NOT NULL,
  "sender_id" uuid NOT NULL,
  "number" text NOT NULL,
  "word" text NOT NULL,
  "at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "sender_id", "number"),
  CONSTRAINT "sms_opt_out_sender_fkey" FOREIGN KEY ("institution_id", "sender_id")
    REFERENCES "sender" ("institution_id", "id") ON DELETE CASCADE
);
CREATE INDEX "sms_opt_out_number_idx" ON "sms_opt_out" ("institution_id", "number");

-- A day of texts to one country: what went out, what was proven with it, what it cost, what was held back.
CREATE TABLE "sms_day" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "day" date NOT NULL,
  "country" text NOT NULL,
  "dial_code" text NOT NULL,
  "sent" integer NOT NULL DEFAULT 0,
  "verified" integer NOT NULL DEFAULT 0,
  "held" integer NOT NULL DEFAULT 0,
  -- millionths of the institution's currency
  "cost_micros" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("institution_id", "day", "country")
);

-- R26, R27: what an institution may spend, and where to. A missing row means the defaults.
CREATE TABLE "sms_policy" (
  "institution_id" uuid PRIMARY KEY REFERENCES "institution" ("id"),
  -- ISO 3166-1; none: the institution's own country alone
  "countries" text[] NOT NULL DEFAULT '{}',
  "monthly_budget_micros" bigint,
  "currency" text NOT NULL DEFAULT 'USD',
  -- price of one text by country, in millionths; '*' for every other
  "prices" jsonb NOT NULL DEFAULT '{}',
  "alerted_month" date,
  "updated_at" timestamptz(3) NOT NULL DEFAULT now()
);

-- R29: texts to one dial code that are held for an hour because hardly any of them was proven.
CREATE TABLE "sms_breaker" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "dial_code" text NOT NULL,
  "open_until" timestamptz(3) NOT NULL,
  PRIMARY KEY ("institution_id", "dial_code")
);

-- which sender a message went out through; null: the system's own
ALTER TABLE "message" ADD COLUMN "sender_id" uuid;
ALTER TABLE "message" ADD CONSTRAINT "message_sender_fkey" FOREIGN KEY ("institution_id", "sender_id")
  REFERENCES "sender" ("institution_id", "id") ON DELETE SET NULL ("sender_id");
CREATE INDEX "message_sender_idx" ON "message" ("institution_id", "sender_id", "created_at" DESC, "id" DESC);

-- ---------------------------------------------------------------- row-level security and rights

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['integration', 'email_domain', 'phone_number', 'sender', 'sender_verification', 'sender_day', 'sms_opt_out', 'sms_day', 'sms_policy', 'sms_breaker'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON %I TO reachable_app_rights USING (institution_id = app_institution_id()) WITH CHECK (institution_id = app_institution_id())', t || '_tenant', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO reachable_app_rights', t);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- across institutions: the whole list

CREATE POLICY "sender_verification_housekeeping" ON "sender_verification" TO reachable_housekeeper USING (true);
CREATE POLICY "email_domain_housekeeping" ON "email_domain" FOR SELECT TO reachable_housekeeper USING (true);
CREATE POLICY "integration_housekeeping" ON "integration" FOR SELECT TO reachable_housekeeper USING (true);
CREATE POLICY "sender_housekeeping" ON "sender" FOR SELECT TO reachable_housekeeper USING (true);
GRANT SELECT, DELETE ON "sender_verification" TO reachable_housekeeper;
GRANT SELECT ON "email_domain" TO reachable_housekeeper;
GRANT SELECT ON "integration", "sender" TO reachable_housekeeper;

-- R67: challenges 30 days
CREATE FUNCTION purge_sender_verifications(batch integer) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH deleted AS (DELETE FROM sender_verification WHERE (institution_id, id) IN (
    SELECT institution_id, id FROM sender_verification WHERE created_at < now() - interval '30 days' LIMIT batch) RETURNING 1)
  SELECT count(*)::integer FROM deleted $$;

-- Which domains the worker looks up next; only their keys leave the function.
CREATE FUNCTION due_email_domains(batch integer) RETURNS TABLE (institution_id uuid, id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.institution_id, d.id FROM email_domain d WHERE d.next_check_at <= now() ORDER BY d.next_check_at LIMIT batch $$;

-- R51: where sealed values stand, after a given row; the values themselves are read by their institution's own unit of work.
CREATE FUNCTION sealed_rows(kind text, after_id uuid, batch integer) RETURNS TABLE (institution_id uuid, id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  CASE kind
    WHEN 'integration' THEN RETURN QUERY SELECT t.institution_id, t.id FROM integration t WHERE t.secrets IS NOT NULL AND t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'sender' THEN RETURN QUERY SELECT t.institution_id, t.id FROM sender t WHERE t.proven_secrets IS NOT NULL AND t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'email_domain' THEN RETURN QUERY SELECT t.institution_id, t.id FROM email_domain t WHERE t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'message' THEN RETURN QUERY SELECT t.institution_id, t.id FROM message t WHERE t.payload IS NOT NULL AND t.id > after_id ORDER BY t.id LIMIT batch;
    ELSE RAISE EXCEPTION 'no sealed values in %', kind;
  END CASE;
END $$;

DO $$
DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['purge_sender_verifications(integer)', 'due_email_domains(integer)', 'sealed_rows(text, uuid, integer)'] LOOP
    EXECUTE 'GRANT CREATE ON SCHEMA public TO reachable_housekeeper';
    EXECUTE format('ALTER FUNCTION %s OWNER TO reachable_housekeeper', f);
    EXECUTE 'REVOKE CREATE ON SCHEMA public FROM reachable_housekeeper';
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO reachable_app_rights', f);
  END LOOP;
END $$;
