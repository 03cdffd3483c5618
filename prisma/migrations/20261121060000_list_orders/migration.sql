-- Everybody's subscriptions, as the API lists them without a filter.
CREATE INDEX "subscription_newest_idx" ON "subscription" ("institution_id", "created_at" DESC, "id" DESC);

-- What was done to a sender itself, among all that an application keeps there for its users.
CREATE INDEX "audit_event_sender_idx" ON "audit_event" ("institution_id", "object_id", "at" DESC, "id" DESC)
  WHERE "object_type" = 'sender' AND "action" NOT LIKE 'subscription.%';
