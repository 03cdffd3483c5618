-- What programs need: credentials, remembered answers, a log of requests; connections, endpoints and subscriptions.

CREATE TABLE "api_key" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  -- secret | public
  "kind" text NOT NULL,
  "name" text NOT NULL,
  -- the first characters of the key, which find it; the rest is known by its SHA-256 alone (R52)
  "prefix" text NOT NULL,
  "last4" text NOT NULL,
  "hash" bytea NOT NULL,
  -- the person it acts as; null: the institution
  "user_id" uuid,
  "scopes" text[] NOT NULL,
  "expires_at" timestamptz(3) NOT NULL,
  "last_used_at" timestamptz(3),
  "revoked_at" timestamptz(3),
  "created_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "api_key_prefix_key" UNIQUE ("prefix"),
  CONSTRAINT "api_key_member_fkey" FOREIGN KEY ("institution_id", "user_id")
    REFERENCES "membership" ("institution_id", "user_id") ON DELETE CASCADE
);
CREATE INDEX "api_key_created_idx" ON "api_key" ("institution_id", "created_at" DESC, "id" DESC);
CREATE INDEX "api_key_user_idx" ON "api_key" ("institution_id", "user_id", "created_at" DESC, "id" DESC);

-- Public halves of the keys with which an institution's own application signs its users' tokens (R53).
CREATE TABLE "signing_key" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "name" text NOT NULL,
  "kid" text NOT NULL,
  "public_key" text NOT NULL,
  -- generated | uploaded
  "origin" text NOT NULL,
  "last_used_at" timestamptz(3),
  "revoked_at" timestamptz(3),
  "created_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "signing_key_kid_key" UNIQUE ("institution_id", "kid")
);
CREATE INDEX "signing_key_created_idx" ON "signing_key" ("institution_id", "created_at" DESC, "id" DESC);

-- Short-lived bearer tokens that were made here; the token itself is signed and not kept.
CREATE TABLE "access_token" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "name" text NOT NULL,
  "user_id" uuid NOT NULL,
  "expires_at" timestamptz(3) NOT NULL,
  "last_used_at" timestamptz(3),
  "revoked_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "access_token_member_fkey" FOREIGN KEY ("institution_id", "user_id")
    REFERENCES "membership" ("institution_id", "user_id") ON DELETE CASCADE
);
CREATE INDEX "access_token_created_idx" ON "access_token" ("institution_id", "user_id", "created_at" DESC, "id" DESC);
CREATE INDEX "access_token_list_idx" ON "access_token" ("institution_id", "created_at" DESC, "id" DESC);
CREATE INDEX "access_token_expires_idx" ON "access_token" ("expires_at");
CREATE UNIQUE INDEX "access_token_id_key" ON "access_token" ("id");

-- What a credential asked for in the last seven days: no body, no secret, no address.
CREATE TABLE "api_request" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  -- an api_key's or an access_token's id
  "credential_id" uuid NOT NULL,
  "at" timestamptz(3) NOT NULL DEFAULT now(),
  "dialect" text NOT NULL,
  "method" text NOT NULL,
  -- the pattern, not the path that was asked for
  "route" text NOT NULL,
  "status" integer NOT NULL,
  "ms" integer NOT NULL,
  "request_id" text NOT NULL,
  "error" text,
  PRIMARY KEY ("institution_id", "id")
);
CREATE INDEX "api_request_credential_idx" ON "api_request" ("institution_id", "credential_id", "at" DESC, "id" DESC);
CREATE INDEX "api_request_at_idx" ON "api_request" ("at");

-- R54: one row a key; `pending` until the answer is stored in the transaction of what it tells of.
CREATE TABLE "idempotency" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "actor" text NOT NULL,
  "route" text NOT NULL,
  "key" text NOT NULL,
  "fingerprint" bytea NOT NULL,
  -- pending | done
  "state" text NOT NULL DEFAULT 'pending',
  -- who claimed it; a claim that was taken over stores nothing
  "claim" uuid NOT NULL,
  "locked_until" timestamptz(3) NOT NULL,
  "status" integer,
  -- the answer, sealed: some hold a secret that is shown once
  "answer" text,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "actor", "route", "key")
);
CREATE INDEX "idempotency_created_idx" ON "idempotency" ("created_at");
CREATE UNIQUE INDEX "idempotency_claim_key" ON "idempotency" ("claim");

-- how other APIs name an integration
ALTER TABLE "integration" ADD COLUMN "identifier" text NOT NULL DEFAULT 'int_' || left(replace(gen_random_uuid()::text, '-', ''), 12);
CREATE UNIQUE INDEX "integration_identifier_key" ON "integration" ("institution_id", "identifier");

-- made for an account and a domain or number that there are: these vouch for it, instead of a code that came through it
ALTER TABLE "sender" ADD COLUMN "bound" boolean NOT NULL DEFAULT false;
CREATE INDEX "sender_bound_idx" ON "sender" ("institution_id", "id") WHERE "bound" AND "state" = 'pending';

-- how other APIs sort senders
CREATE INDEX "sender_updated_idx" ON "sender" ("institution_id", "updated_at" DESC, "id" DESC);

-- What an institution's rows are about besides a subscriber: an organization, a region …
CREATE TABLE "context" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  -- "type:id", as programs write it
  "key" text NOT NULL,
  "data" jsonb NOT NULL DEFAULT '{}',
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "key")
);

-- A provider workspace that an institution, or one of its subscribers, has connected.
CREATE TABLE "connection" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "identifier" text NOT NULL,
  "integration_id" uuid NOT NULL,
  "subscriber_id" uuid,
  -- subscriber | shared
  "mode" text NOT NULL,
  -- in their order, each a context's key
  "context_keys" text[] NOT NULL DEFAULT '{}',
  -- the same set whatever its order
  "context_set" text NOT NULL DEFAULT '',
  "workspace_id" text NOT NULL,
  "workspace_name" text,
  -- access and refresh token as one sealed JSON object (R50)
  "secrets" text NOT NULL,
  "secrets_version" integer NOT NULL DEFAULT 1,
  "secrets_set_at" timestamptz(3) NOT NULL DEFAULT now(),
  "expires_at" timestamptz(3),
  "refresh_expires_at" timestamptz(3),
  -- the last look at whether the provider takes it: ok | refused | unreachable
  "checked_at" timestamptz(3),
  "check_result" text,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "connection_identifier_key" UNIQUE ("institution_id", "identifier"),
  CONSTRAINT "connection_integration_fkey" FOREIGN KEY ("institution_id", "integration_id")
    REFERENCES "integration" ("institution_id", "id"),
  CONSTRAINT "connection_subscriber_fkey" FOREIGN KEY ("institution_id", "subscriber_id")
    REFERENCES "subscriber" ("institution_id", "id") ON DELETE CASCADE
);
-- one connection a resource and integration
CREATE UNIQUE INDEX "connection_resource_key" ON "connection" ("institution_id", "integration_id", "subscriber_id", "context_set") NULLS NOT DISTINCT;
CREATE INDEX "connection_created_idx" ON "connection" ("institution_id", "created_at" DESC, "id" DESC);
CREATE INDEX "connection_updated_idx" ON "connection" ("institution_id", "updated_at" DESC, "id" DESC);
CREATE INDEX "connection_subscriber_idx" ON "connection" ("institution_id", "subscriber_id", "created_at" DESC, "id" DESC);
CREATE INDEX "connection_contexts_idx" ON "connection" USING gin ("context_keys");
CREATE INDEX "connection_secrets_idx" ON "connection" ("id");

-- One address inside a provider's workspace: a channel, a user, a hook, a number.
CREATE TABLE "endpoint" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "identifier" text NOT NULL,
  "integration_id" uuid NOT NULL,
  "connection_id" uuid,
  "subscriber_id" uuid,
  "context_keys" text[] NOT NULL DEFAULT '{}',
  "type" text NOT NULL,
  "endpoint" jsonb NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "endpoint_identifier_key" UNIQUE ("institution_id", "identifier"),
  CONSTRAINT "endpoint_integration_fkey" FOREIGN KEY ("institution_id", "integration_id")
    REFERENCES "integration" ("institution_id", "id"),
  -- the address stays when its workspace is disconnected
  CONSTRAINT "endpoint_connection_fkey" FOREIGN KEY ("institution_id", "connection_id")
    REFERENCES "connection" ("institution_id", "id") ON DELETE SET NULL ("connection_id"),
  CONSTRAINT "endpoint_subscriber_fkey" FOREIGN KEY ("institution_id", "subscriber_id")
    REFERENCES "subscriber" ("institution_id", "id") ON DELETE CASCADE
);
CREATE INDEX "endpoint_created_idx" ON "endpoint" ("institution_id", "created_at" DESC, "id" DESC);
CREATE INDEX "endpoint_updated_idx" ON "endpoint" ("institution_id", "updated_at" DESC, "id" DESC);
CREATE INDEX "endpoint_subscriber_idx" ON "endpoint" ("institution_id", "subscriber_id", "created_at" DESC, "id" DESC);
CREATE INDEX "endpoint_connection_idx" ON "endpoint" ("institution_id", "connection_id");
CREATE INDEX "endpoint_integration_idx" ON "endpoint" ("institution_id", "integration_id");
CREATE INDEX "endpoint_contexts_idx" ON "endpoint" USING gin ("context_keys");

-- One device or address of a subscriber on a push or chat sender.
CREATE TABLE "subscription" (
  "institution_id" uuid NOT NULL,
  "id" uuid NOT NULL,
  "sender_id" uuid NOT NULL,
  "subscriber_id" uuid NOT NULL,
  "identifier" text NOT NULL,
  -- SHA-256 of the identifier, which is up to 2,048 characters long
  "identifier_hash" bytea NOT NULL,
  -- what its type asks for without the secret fields, and those, sealed
  "settings" jsonb NOT NULL,
  "secrets" text,
  "secrets_version" integer NOT NULL DEFAULT 1,
  -- R41: the same endpoint turned up under another person
  "disabled_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "subscription_identifier_key" UNIQUE ("institution_id", "sender_id", "subscriber_id", "identifier_hash"),
  CONSTRAINT "subscription_sender_fkey" FOREIGN KEY ("institution_id", "sender_id")
    REFERENCES "sender" ("institution_id", "id") ON DELETE CASCADE,
  CONSTRAINT "subscription_subscriber_fkey" FOREIGN KEY ("institution_id", "subscriber_id")
    REFERENCES "subscriber" ("institution_id", "id") ON DELETE CASCADE
);
CREATE INDEX "subscription_created_idx" ON "subscription" ("institution_id", "sender_id", "created_at" DESC, "id" DESC);
CREATE INDEX "subscription_subscriber_idx" ON "subscription" ("institution_id", "subscriber_id", "created_at" DESC, "id" DESC);
CREATE INDEX "subscription_endpoint_idx" ON "subscription" ("institution_id", "identifier_hash");
CREATE INDEX "subscription_secrets_idx" ON "subscription" ("id") WHERE "secrets" IS NOT NULL;

-- One blob of a subscriber on a push or chat sender, as an application keeps its device tokens.
CREATE TABLE "subscription_settings" (
  "institution_id" uuid NOT NULL,
  "sender_id" uuid NOT NULL,
  "subscriber_id" uuid NOT NULL,
  "id" uuid NOT NULL,
  -- sealed: device tokens are secrets of the device
  "settings" text NOT NULL,
  "version" integer NOT NULL DEFAULT 1,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "sender_id", "subscriber_id"),
  CONSTRAINT "subscription_settings_sender_fkey" FOREIGN KEY ("institution_id", "sender_id")
    REFERENCES "sender" ("institution_id", "id") ON DELETE CASCADE,
  CONSTRAINT "subscription_settings_subscriber_fkey" FOREIGN KEY ("institution_id", "subscriber_id")
    REFERENCES "subscriber" ("institution_id", "id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "subscription_settings_id_key" ON "subscription_settings" ("id");

-- which credential did it (R66), and what a client said of the device that it runs on
ALTER TABLE "audit_event" ADD COLUMN "key_id" uuid, ADD COLUMN "client_hash" text;
CREATE INDEX "audit_event_key_idx" ON "audit_event" ("institution_id", "key_id", "at" DESC, "id" DESC) WHERE "key_id" IS NOT NULL;

-- Global: how fast a credential may go on (R33). Lost in a crash, it starts full.
CREATE UNLOGGED TABLE "rate_pace" (
  "key" text PRIMARY KEY,
  -- when the whole burst is free again
  "full_at" timestamptz NOT NULL,
  "granted" integer NOT NULL
);
CREATE INDEX "rate_pace_full_at_idx" ON "rate_pace" ("full_at");
GRANT SELECT, INSERT, UPDATE ON "rate_pace" TO reachable_app_rights;
GRANT SELECT, DELETE ON "rate_pace" TO reachable_housekeeper;

-- ---------------------------------------------------------------- row-level security and rights

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['api_key', 'signing_key', 'access_token', 'api_request', 'idempotency', 'context', 'connection', 'endpoint', 'subscription', 'subscription_settings'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON %I TO reachable_app_rights USING (institution_id = app_institution_id()) WITH CHECK (institution_id = app_institution_id())', t || '_tenant', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO reachable_app_rights', t);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- across institutions: the whole list

CREATE POLICY "api_key_housekeeping" ON "api_key" FOR SELECT TO reachable_housekeeper USING (true);
CREATE POLICY "access_token_housekeeping" ON "access_token" TO reachable_housekeeper USING (true);
CREATE POLICY "api_request_housekeeping" ON "api_request" TO reachable_housekeeper USING (true);
CREATE POLICY "idempotency_housekeeping" ON "idempotency" TO reachable_housekeeper USING (true);
CREATE POLICY "connection_housekeeping" ON "connection" FOR SELECT TO reachable_housekeeper USING (true);
CREATE POLICY "subscription_housekeeping" ON "subscription" FOR SELECT TO reachable_housekeeper USING (true);
CREATE POLICY "subscription_settings_housekeeping" ON "subscription_settings" FOR SELECT TO reachable_housekeeper USING (true);
GRANT SELECT ON "api_key", "connection", "subscription", "subscription_settings" TO reachable_housekeeper;
GRANT SELECT, DELETE ON "access_token", "api_request", "idempotency" TO reachable_housekeeper;

-- Whose key it is: found by its first characters; the caller compares the hash.
CREATE FUNCTION api_key_actor(wanted text) RETURNS TABLE (
  institution_id uuid, id uuid, kind text, hash bytea, scopes text[], expires_at timestamptz,
  user_id uuid, user_name text, user_email text, user_locale text, role text, subscriber_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.institution_id, k.id, k.kind, k.hash, k.scopes, k.expires_at,
         u.id, u.name, u.email, u.locale, m.role::text, m.subscriber_id
    FROM api_key k
    LEFT JOIN "user" u ON u.id = k.user_id AND u.deleted_at IS NULL
    LEFT JOIN membership m ON m.institution_id = k.institution_id AND m.user_id = u.id
   WHERE k.prefix = wanted AND k.revoked_at IS NULL AND k.expires_at > now() AND (k.user_id IS NULL OR m.user_id IS NOT NULL) $$;

-- Whose bearer token it is. Of those made here `token` is their id; of a configured issuer's it is null, and the person is named.
CREATE FUNCTION bearer_actor(token uuid, person uuid, institution uuid) RETURNS TABLE (
  institution_id uuid, user_id uuid, user_name text, user_email text, user_locale text, role text, subscriber_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.institution_id, u.id, u.name, u.email, u.locale, m.role::text, m.subscriber_id
    FROM "user" u
    JOIN membership m ON m.user_id = u.id AND m.institution_id = coalesce(institution, u.home_institution_id)
   WHERE u.id = person AND u.deleted_at IS NULL
     AND (token IS NULL OR EXISTS (
       SELECT 1 FROM access_token t WHERE t.id = token AND t.institution_id = m.institution_id AND t.user_id = u.id
          AND t.revoked_at IS NULL AND t.expires_at > now())) $$;

-- Request log 7 days, remembered answers 48 hours, tokens 30 days after their end.
CREATE FUNCTION purge_api_traces(batch integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer; total integer := 0;
BEGIN
  DELETE FROM api_request WHERE (institution_id, id) IN (SELECT institution_id, id FROM api_request WHERE at < now() - interval '7 days' LIMIT batch);
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM idempotency WHERE (institution_id, actor, route, key) IN
    (SELECT institution_id, actor, route, key FROM idempotency WHERE created_at < now() - interval '48 hours' LIMIT batch);
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM access_token WHERE (institution_id, id) IN (SELECT institution_id, id FROM access_token WHERE expires_at < now() - interval '30 days' LIMIT batch);
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM rate_pace WHERE full_at < now() - interval '1 hour';
  RETURN total;
END $$;

CREATE OR REPLACE FUNCTION sealed_rows(kind text, after_id uuid, batch integer) RETURNS TABLE (institution_id uuid, id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  CASE kind
    WHEN 'integration' THEN RETURN QUERY SELECT t.institution_id, t.id FROM integration t WHERE t.secrets IS NOT NULL AND t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'sender' THEN RETURN QUERY SELECT t.institution_id, t.id FROM sender t WHERE t.proven_secrets IS NOT NULL AND t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'email_domain' THEN RETURN QUERY SELECT t.institution_id, t.id FROM email_domain t WHERE t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'message' THEN RETURN QUERY SELECT t.institution_id, t.id FROM message t WHERE t.payload IS NOT NULL AND t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'connection' THEN RETURN QUERY SELECT t.institution_id, t.id FROM connection t WHERE t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'subscription' THEN RETURN QUERY SELECT t.institution_id, t.id FROM subscription t WHERE t.secrets IS NOT NULL AND t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'subscription_settings' THEN RETURN QUERY SELECT t.institution_id, t.id FROM subscription_settings t WHERE t.id > after_id ORDER BY t.id LIMIT batch;
    WHEN 'idempotency' THEN RETURN QUERY SELECT t.institution_id, t.claim FROM idempotency t WHERE t.answer IS NOT NULL AND t.claim > after_id ORDER BY t.claim LIMIT batch;
    ELSE RAISE EXCEPTION 'no sealed values in %', kind;
  END CASE;
END $$;

DO $$
DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['api_key_actor(text)', 'bearer_actor(uuid, uuid, uuid)', 'purge_api_traces(integer)'] LOOP
    EXECUTE 'GRANT CREATE ON SCHEMA public TO reachable_housekeeper';
    EXECUTE format('ALTER FUNCTION %s OWNER TO reachable_housekeeper', f);
    EXECUTE 'REVOKE CREATE ON SCHEMA public FROM reachable_housekeeper';
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO reachable_app_rights', f);
  END LOOP;
END $$;
