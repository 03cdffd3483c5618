-- What the worker keeps of a sender while it routes messages.

ALTER TABLE "sender"
  -- messages wait for it since then; they are queued anew once it can send, or is no longer what they wait for
  ADD COLUMN "held_since" timestamptz(3),
  -- when the next message may begin, where the admin sets how many go in a minute (R72)
  ADD COLUMN "rate_next_at" timestamptz(3);
CREATE INDEX "sender_held_idx" ON "sender" ("held_since") WHERE "held_since" IS NOT NULL;

-- Whose waiting messages may go on now; only keys leave the function.
CREATE FUNCTION senders_to_wake(batch integer) RETURNS TABLE (institution_id uuid, id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.institution_id, s.id FROM sender s
   WHERE s.held_since IS NOT NULL
     AND (NOT s.is_default OR s.proven_revision IS NULL OR (s.state IN ('active', 'pending') AND coalesce(s.circuit_open_until <= now(), true)))
   ORDER BY s.held_since LIMIT batch $$;

DO $$
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO reachable_housekeeper';
  EXECUTE 'ALTER FUNCTION senders_to_wake(integer) OWNER TO reachable_housekeeper';
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM reachable_housekeeper';
  EXECUTE 'REVOKE ALL ON FUNCTION senders_to_wake(integer) FROM public';
  EXECUTE 'GRANT EXECUTE ON FUNCTION senders_to_wake(integer) TO reachable_app_rights';
END $$;
