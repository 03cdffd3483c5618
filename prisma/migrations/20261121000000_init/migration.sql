-- Rights go to the group role reachable_app_rights; the login role of DATABASE_URL is its member.
-- reachable_housekeeper owns the few functions that work across institutions (R63).

CREATE TYPE "role" AS ENUM ('owner', 'admin', 'member');

-- ---------------------------------------------------------------- global tables

CREATE TABLE "rate_bucket" (
  "key" text NOT NULL,
  "win" timestamptz(3) NOT NULL,
  "hits" integer NOT NULL,
  PRIMARY KEY ("key", "win")
);
CREATE INDEX "rate_bucket_win_idx" ON "rate_bucket" ("win");

CREATE TABLE "token_index" (
  "hash" bytea NOT NULL,
  "kind" text NOT NULL,
  "institution_id" uuid,
  "ref_id" uuid NOT NULL,
  "expires_at" timestamptz(3) NOT NULL,
  "consumed_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("hash", "ref_id")
);
CREATE INDEX "token_index_expires_at_idx" ON "token_index" ("expires_at");
CREATE INDEX "token_index_kind_ref_id_idx" ON "token_index" ("kind", "ref_id");

CREATE TABLE "app_fact" (
  "name" text PRIMARY KEY,
  "value" text NOT NULL,
  "updated_at" timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE "worker_heartbeat" (
  "id" uuid PRIMARY KEY,
  "at" timestamptz(3) NOT NULL
);

CREATE TABLE "user" (
  "id" uuid PRIMARY KEY,
  "email" text NOT NULL,
  "email_canonical" text UNIQUE,
  "name" text NOT NULL,
  "password_hash" text,
  "locale" text,
  "theme" text NOT NULL DEFAULT 'system',
  "home_institution_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "deleted_at" timestamptz(3)
);

CREATE TABLE "session" (
  "id" uuid PRIMARY KEY,
  "user_id" uuid NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "institution_id" uuid,
  "user_agent" text,
  "ip" text,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "last_seen_at" timestamptz(3) NOT NULL DEFAULT now(),
  "expires_at" timestamptz(3) NOT NULL
);
CREATE INDEX "session_user_id_last_seen_at_idx" ON "session" ("user_id", "last_seen_at" DESC);
CREATE INDEX "session_expires_at_idx" ON "session" ("expires_at");

-- ---------------------------------------------------------------- institutions and people

CREATE TABLE "institution" (
  "id" uuid PRIMARY KEY,
  "name" text NOT NULL,
  "default_country" text NOT NULL,
  "default_locale" text NOT NULL,
  "locales" text[] NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE "membership" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "user_id" uuid NOT NULL REFERENCES "user" ("id"),
  "role" "role" NOT NULL,
  "subscriber_id" uuid NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "membership_institution_id_user_id_key" UNIQUE ("institution_id", "user_id")
);
CREATE INDEX "membership_user_id_idx" ON "membership" ("user_id");
CREATE INDEX "membership_institution_id_created_at_id_idx" ON "membership" ("institution_id", "created_at", "id");

CREATE TABLE "invitation" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "email" text NOT NULL,
  "email_canonical" text NOT NULL,
  "role" "role" NOT NULL,
  "invited_by_id" uuid NOT NULL,
  "expires_at" timestamptz(3) NOT NULL,
  "accepted_at" timestamptz(3),
  "revoked_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id")
);
CREATE UNIQUE INDEX "invitation_open_key" ON "invitation" ("institution_id", "email_canonical")
  WHERE "accepted_at" IS NULL AND "revoked_at" IS NULL;
CREATE INDEX "invitation_institution_id_created_at_id_idx" ON "invitation" ("institution_id", "created_at" DESC, "id" DESC);

CREATE TABLE "subscriber" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "external_id" text NOT NULL,
  "user_id" uuid,
  "name" text,
  "locale" text,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  -- what the list searches through; lowered once, when it is written
  "search_text" text GENERATED ALWAYS AS (lower("external_id" || chr(10) || coalesce("name", ''))) STORED,
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "subscriber_institution_id_external_id_key" UNIQUE ("institution_id", "external_id"),
  CONSTRAINT "subscriber_institution_id_user_id_key" UNIQUE ("institution_id", "user_id")
);
ALTER TABLE "membership" ADD CONSTRAINT "membership_subscriber_fkey" FOREIGN KEY ("institution_id", "subscriber_id")
  REFERENCES "subscriber" ("institution_id", "id");
CREATE INDEX "subscriber_institution_id_created_at_id_idx" ON "subscriber" ("institution_id", "created_at" DESC, "id" DESC);

-- ---------------------------------------------------------------- contact points

CREATE TABLE "contact_point" (
  "institution_id" uuid NOT NULL,
  "id" uuid NOT NULL,
  "subscriber_id" uuid NOT NULL,
  "type" text NOT NULL,
  "label" text NOT NULL,
  "config" jsonb NOT NULL,
  "config_version" integer NOT NULL DEFAULT 1,
  "address" text NOT NULL,
  "address_version" integer NOT NULL DEFAULT 1,
  "pending_config" jsonb,
  "pending_address" text,
  "pending_address_version" integer,
  "last_address_version" integer NOT NULL DEFAULT 1,
  "verified_at" timestamptz(3),
  "enabled" boolean NOT NULL DEFAULT true,
  "paused_until" timestamptz(3),
  "undeliverable_at" timestamptz(3),
  "undeliverable_reason" text,
  "failed_attempts" integer NOT NULL DEFAULT 0,
  "locked_at" timestamptz(3),
  "send_step" integer NOT NULL DEFAULT 0,
  "next_send_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  "deleted_at" timestamptz(3),
  -- what the lists filter by; a pause ends by itself and so stands apart
  "standing" text GENERATED ALWAYS AS (
    CASE
      WHEN "locked_at" IS NOT NULL THEN 'locked'
      WHEN "undeliverable_at" IS NOT NULL THEN 'undeliverable'
      WHEN "verified_at" IS NULL THEN 'unverified'
      WHEN NOT "enabled" THEN 'off'
      ELSE 'on'
    END) STORED,
  "needs_action" boolean GENERATED ALWAYS AS (
    "verified_at" IS NULL OR "pending_address" IS NOT NULL OR "undeliverable_at" IS NOT NULL OR "locked_at" IS NOT NULL) STORED,
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "contact_point_subscriber_fkey" FOREIGN KEY ("institution_id", "subscriber_id")
    REFERENCES "subscriber" ("institution_id", "id") ON DELETE CASCADE,
  CONSTRAINT "contact_point_pending_whole" CHECK (
    ("pending_address" IS NULL) = ("pending_config" IS NULL) AND ("pending_address" IS NULL) = ("pending_address_version" IS NULL))
);
-- R17: the same address may stand under another person; twice under one person it may not
CREATE UNIQUE INDEX "contact_point_address_key" ON "contact_point" ("institution_id", "subscriber_id", "type", "address")
  WHERE "deleted_at" IS NULL;
CREATE INDEX "contact_point_attention_idx" ON "contact_point"
  ("institution_id", "subscriber_id", "needs_action" DESC, "created_at" DESC, "id" DESC) WHERE "deleted_at" IS NULL;
CREATE INDEX "contact_point_created_idx" ON "contact_point"
  ("institution_id", "subscriber_id", "created_at" DESC, "id" DESC) WHERE "deleted_at" IS NULL;
CREATE INDEX "contact_point_label_idx" ON "contact_point"
  ("institution_id", "subscriber_id", lower("label"), "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "contact_point_type_idx" ON "contact_point"
  ("institution_id", "subscriber_id", "type", "created_at" DESC, "id" DESC) WHERE "deleted_at" IS NULL;
CREATE INDEX "contact_point_standing_idx" ON "contact_point"
  ("institution_id", "subscriber_id", "standing", "created_at" DESC, "id" DESC) WHERE "deleted_at" IS NULL;
CREATE INDEX "contact_point_deleted_idx" ON "contact_point" ("deleted_at") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "contact_point_unverified_idx" ON "contact_point" ("created_at") WHERE "verified_at" IS NULL;

CREATE TABLE "verification" (
  "institution_id" uuid NOT NULL,
  "id" uuid NOT NULL,
  "contact_point_id" uuid NOT NULL,
  "address_version" integer NOT NULL,
  "kind" text NOT NULL,
  "code_hash" bytea,
  "pepper_kid" text,
  "attempts" integer NOT NULL DEFAULT 0,
  "max_attempts" integer NOT NULL,
  "expires_at" timestamptz(3) NOT NULL,
  "consumed_at" timestamptz(3),
  "voided_at" timestamptz(3),
  "message_id" uuid,
  "requested_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "verification_contact_point_fkey" FOREIGN KEY ("institution_id", "contact_point_id")
    REFERENCES "contact_point" ("institution_id", "id") ON DELETE CASCADE
);
CREATE INDEX "verification_contact_point_idx" ON "verification" ("institution_id", "contact_point_id", "created_at" DESC);
-- R11: at most one live challenge a contact point
CREATE UNIQUE INDEX "verification_live_key" ON "verification" ("institution_id", "contact_point_id")
  WHERE "consumed_at" IS NULL AND "voided_at" IS NULL;
CREATE INDEX "verification_created_at_idx" ON "verification" ("created_at");

CREATE TABLE "suppression" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "type" text NOT NULL,
  "address_hash" text NOT NULL,
  "reason" text NOT NULL,
  "until" timestamptz(3) NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "type", "address_hash")
);
CREATE INDEX "suppression_until_idx" ON "suppression" ("until");

-- ---------------------------------------------------------------- messages

CREATE TABLE "message" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "kind" text NOT NULL,
  "type" text NOT NULL,
  "contact_point_id" uuid,
  "address_version" integer,
  "subscriber_id" uuid,
  "verification_id" uuid,
  "masked_address" text NOT NULL,
  "payload" text,
  "locale" text NOT NULL,
  "priority" integer NOT NULL,
  "state" text NOT NULL DEFAULT 'queued',
  "attempt" integer NOT NULL DEFAULT 0,
  "fence" uuid,
  "reason" text,
  "reply" text,
  "reference" text NOT NULL,
  "not_before" timestamptz(3),
  "expires_at" timestamptz(3),
  "started_at" timestamptz(3),
  "finished_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "message_contact_point_fkey" FOREIGN KEY ("institution_id", "contact_point_id")
    REFERENCES "contact_point" ("institution_id", "id") ON DELETE SET NULL ("contact_point_id"),
  CONSTRAINT "message_subscriber_fkey" FOREIGN KEY ("institution_id", "subscriber_id")
    REFERENCES "subscriber" ("institution_id", "id") ON DELETE SET NULL ("subscriber_id"),
  CONSTRAINT "message_done_holds_no_payload" CHECK ("payload" IS NULL OR "state" IN ('queued', 'sending'))
);
CREATE INDEX "message_contact_point_idx" ON "message" ("institution_id", "contact_point_id", "created_at" DESC, "id" DESC);
CREATE INDEX "message_subscriber_idx" ON "message" ("institution_id", "subscriber_id");
CREATE INDEX "message_created_at_idx" ON "message" ("created_at");

CREATE TABLE "inbox_item" (
  "institution_id" uuid NOT NULL,
  "id" uuid NOT NULL,
  "subscriber_id" uuid NOT NULL,
  "kind" text NOT NULL,
  "data" jsonb NOT NULL,
  "contact_point_id" uuid,
  "verification_id" uuid,
  "read_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "unread" boolean GENERATED ALWAYS AS ("read_at" IS NULL) STORED,
  PRIMARY KEY ("institution_id", "id"),
  CONSTRAINT "inbox_item_subscriber_fkey" FOREIGN KEY ("institution_id", "subscriber_id")
    REFERENCES "subscriber" ("institution_id", "id") ON DELETE CASCADE,
  CONSTRAINT "inbox_item_contact_point_fkey" FOREIGN KEY ("institution_id", "contact_point_id")
    REFERENCES "contact_point" ("institution_id", "id") ON DELETE SET NULL ("contact_point_id")
);
CREATE INDEX "inbox_item_subscriber_idx" ON "inbox_item" ("institution_id", "subscriber_id", "unread" DESC, "created_at" DESC, "id" DESC);
CREATE INDEX "inbox_item_contact_point_idx" ON "inbox_item" ("institution_id", "contact_point_id");

CREATE TABLE "audit_event" (
  "institution_id" uuid NOT NULL REFERENCES "institution" ("id"),
  "id" uuid NOT NULL,
  "at" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  "actor_type" text NOT NULL,
  "actor_id" uuid,
  "action" text NOT NULL,
  "object_type" text NOT NULL,
  "object_id" text,
  "subscriber_id" uuid,
  "outcome" text NOT NULL,
  "ip" text,
  "request_id" text,
  "before" jsonb,
  "after" jsonb,
  PRIMARY KEY ("institution_id", "id")
);
CREATE INDEX "audit_event_at_idx" ON "audit_event" ("institution_id", "at" DESC, "id" DESC);
CREATE INDEX "audit_event_action_idx" ON "audit_event" ("institution_id", "action", "at" DESC, "id" DESC);
CREATE INDEX "audit_event_object_idx" ON "audit_event" ("institution_id", "object_id", "at" DESC, "id" DESC);
CREATE INDEX "audit_event_actor_idx" ON "audit_event" ("institution_id", "actor_id", "at" DESC, "id" DESC);
-- few rows, and what the audit page is most often asked for
CREATE INDEX "audit_event_refusal_idx" ON "audit_event" ("institution_id", "outcome", "at" DESC, "id" DESC) WHERE "outcome" <> 'success';
-- rows lie in the order of their time, so a summary of each block is index enough for housekeeping
CREATE INDEX "audit_event_retention_idx" ON "audit_event" USING brin ("at");

-- ---------------------------------------------------------------- row-level security (R63)

CREATE FUNCTION app_institution_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.institution_id', true), '')::uuid $$;
CREATE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['membership', 'invitation', 'subscriber', 'contact_point', 'verification', 'suppression', 'message', 'inbox_item', 'audit_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON %I TO reachable_app_rights USING (institution_id = app_institution_id()) WITH CHECK (institution_id = app_institution_id())', t || '_tenant', t);
  END LOOP;
END $$;

ALTER TABLE "institution" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "institution" FORCE ROW LEVEL SECURITY;
CREATE POLICY "institution_tenant" ON "institution" TO reachable_app_rights
  USING ("id" = app_institution_id()) WITH CHECK ("id" = app_institution_id());

-- A signed-in person may read their own memberships and those institutions' names, to switch between them.
CREATE POLICY "membership_own" ON "membership" FOR SELECT TO reachable_app_rights USING ("user_id" = app_user_id());
CREATE POLICY "subscriber_own" ON "subscriber" FOR SELECT TO reachable_app_rights USING ("user_id" = app_user_id());
CREATE POLICY "institution_own" ON "institution" FOR SELECT TO reachable_app_rights
  USING (EXISTS (SELECT 1 FROM "membership" m WHERE m."institution_id" = "institution"."id" AND m."user_id" = app_user_id()));

-- ---------------------------------------------------------------- rights

GRANT USAGE ON SCHEMA public TO reachable_app_rights, reachable_housekeeper;
GRANT SELECT, INSERT, UPDATE, DELETE ON "rate_bucket", "token_index", "app_fact", "worker_heartbeat", "user", "session",
  "membership", "invitation", "subscriber", "contact_point", "verification", "suppression", "message", "inbox_item" TO reachable_app_rights;
GRANT SELECT, INSERT, UPDATE ON "institution" TO reachable_app_rights;
GRANT SELECT, INSERT ON "audit_event" TO reachable_app_rights;

-- ---------------------------------------------------------------- housekeeping across institutions: the whole list

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['institution', 'contact_point', 'verification', 'suppression', 'message', 'inbox_item', 'audit_event', 'invitation', 'membership'] LOOP
    EXECUTE format('CREATE POLICY %I ON %I TO reachable_housekeeper USING (true)', t || '_housekeeping', t);
  END LOOP;
END $$;
GRANT SELECT ON "institution", "membership", "user" TO reachable_housekeeper;
GRANT UPDATE ("last_seen_at") ON "session" TO reachable_housekeeper;
GRANT SELECT, DELETE ON "contact_point", "verification", "suppression", "message", "inbox_item", "audit_event", "invitation",
  "rate_bucket", "token_index", "session", "worker_heartbeat" TO reachable_housekeeper;

-- Who a session is: one look-up for each request. A minute's use is written down once.
CREATE FUNCTION session_actor(sid uuid) RETURNS TABLE (
  user_id uuid, name text, email text, locale text, theme text, institution_id uuid, role text, subscriber_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE session SET last_seen_at = now() WHERE id = sid AND last_seen_at < now() - interval '1 minute' AND expires_at > now();
  RETURN QUERY SELECT u.id, u.name, u.email, u.locale, u.theme, m.institution_id, m.role::text, m.subscriber_id
    FROM session s JOIN "user" u ON u.id = s.user_id AND u.deleted_at IS NULL
    LEFT JOIN membership m ON m.user_id = s.user_id AND m.institution_id = s.institution_id
   WHERE s.id = sid AND s.expires_at > now();
END $$;

CREATE FUNCTION any_institution() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT EXISTS (SELECT 1 FROM institution) $$;

-- R19: never verified and no live challenge, 7 days on. Rows that were deleted go after an hour.
CREATE FUNCTION purge_contact_points(batch integer) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    SELECT c.institution_id, c.id FROM contact_point c
     WHERE c.deleted_at < now() - interval '1 hour'
        OR (c.verified_at IS NULL AND c.created_at < now() - interval '7 days' AND c.deleted_at IS NULL AND c.locked_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM verification v WHERE v.institution_id = c.institution_id AND v.contact_point_id = c.id
                              AND (v.created_at > now() - interval '7 days' OR (v.consumed_at IS NULL AND v.voided_at IS NULL AND v.expires_at > now()))))
     LIMIT batch),
  deleted AS (DELETE FROM contact_point c USING gone WHERE c.institution_id = gone.institution_id AND c.id = gone.id RETURNING 1)
  SELECT count(*)::integer FROM deleted $$;

-- R67: audit 365 days, challenges and invitations that are over 30 days, messages and read inbox lines 90 days
CREATE FUNCTION purge_history(batch integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer; total integer := 0;
BEGIN
  DELETE FROM audit_event WHERE (institution_id, id) IN (SELECT institution_id, id FROM audit_event WHERE at < now() - interval '365 days' LIMIT batch);
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM verification WHERE (institution_id, id) IN (SELECT institution_id, id FROM verification WHERE created_at < now() - interval '30 days' LIMIT batch);
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM message WHERE (institution_id, id) IN (SELECT institution_id, id FROM message WHERE created_at < now() - interval '90 days' AND state NOT IN ('queued', 'sending') LIMIT batch);
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM inbox_item WHERE (institution_id, id) IN (SELECT institution_id, id FROM inbox_item WHERE read_at < now() - interval '90 days' LIMIT batch);
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM invitation WHERE expires_at < now() - interval '30 days';
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM suppression WHERE until < now();
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM rate_bucket WHERE win < now() - interval '2 days';
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM token_index WHERE expires_at < now() - interval '1 day';
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM session WHERE expires_at < now();
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  DELETE FROM worker_heartbeat WHERE at < now() - interval '1 day';
  GET DIAGNOSTICS n = ROW_COUNT; total := total + n;
  RETURN total;
END $$;

DO $$
DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['session_actor(uuid)', 'any_institution()', 'purge_contact_points(integer)', 'purge_history(integer)'] LOOP
    EXECUTE 'GRANT CREATE ON SCHEMA public TO reachable_housekeeper';
    EXECUTE format('ALTER FUNCTION %s OWNER TO reachable_housekeeper', f);
    EXECUTE 'REVOKE CREATE ON SCHEMA public FROM reachable_housekeeper';
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM public', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO reachable_app_rights', f);
  END LOOP;
END $$;
