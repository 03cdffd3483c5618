import { expect, test } from "vitest";
import { inInstitution } from "@/lib/db/unit-of-work";
import { makeInstitution } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";

test("of two units of work that wait for each other one is done again, and both are done", async () => {
  const institutionId = await makeInstitution();
  await asAdmin("INSERT INTO context (institution_id, key) VALUES ($1, 'a'), ($1, 'b')", [institutionId]);
  const met = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  let tries = 0;
  const write = (keys: readonly [string, string], mine: 0 | 1) =>
    inInstitution(institutionId, async (tx) => {
      tries += 1;
      const add = (key: string) =>
        tx.$executeRaw`UPDATE context SET data = data || jsonb_build_object(${String(mine)}::text, true)
                        WHERE institution_id = ${institutionId}::uuid AND key = ${key}`;
      await add(keys[0]);
      met[mine].resolve();
      await met[mine === 0 ? 1 : 0].promise;
      await add(keys[1]);
    });
  await Promise.all([write(["a", "b"], 0), write(["b", "a"], 1)]);
  expect(tries).toBe(3);
  const rows = await asAdmin<{ data: object }>("SELECT data FROM context WHERE institution_id = $1", [institutionId]);
  expect(rows.map(({ data }) => data)).toEqual([
    { "0": true, "1": true },
    { "0": true, "1": true },
  ]);
});
