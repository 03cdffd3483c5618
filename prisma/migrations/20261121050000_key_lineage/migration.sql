-- Which key a program made another one with: such a key ends with the first one.

ALTER TABLE "api_key"
  ADD COLUMN "made_with_id" uuid,
  ADD CONSTRAINT "api_key_made_with_fkey" FOREIGN KEY ("institution_id", "made_with_id")
    REFERENCES "api_key" ("institution_id", "id") ON DELETE CASCADE;
CREATE INDEX "api_key_made_with_idx" ON "api_key" ("institution_id", "made_with_id") WHERE "made_with_id" IS NOT NULL;
-- what somebody made for the institution, asked for when they go
CREATE INDEX "api_key_made_by_idx" ON "api_key" ("institution_id", "created_by_id");

-- An application's users go on with theirs until somebody ends it.
ALTER TABLE "signing_key"
  ADD COLUMN "made_with_id" uuid,
  ADD CONSTRAINT "signing_key_made_with_fkey" FOREIGN KEY ("institution_id", "made_with_id")
    REFERENCES "api_key" ("institution_id", "id") ON DELETE SET NULL ("made_with_id");
