import { expect, test } from "vitest";
import { CONTACT_POINT_TYPES } from "@/lib/channels/registry";
import { changeAddress } from "@/lib/services/contact-points/change-address";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { updateContactPoint } from "@/lib/services/contact-points/update";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";

/** Two addresses of each type that has one, as it is given and as it is kept. */
const ADDRESSES: Record<string, Array<[config: object, address: string]>> = {
  email: [
    [{ email: "Front.Desk@inside.example" }, "Front.Desk@inside.example"],
    [{ email: "second@inside.example" }, "second@inside.example"],
  ],
  sms: [
    [{ phone_number: "+819012345678" }, "+819012345678"],
    [{ phone_number: "+819087654321" }, "+819087654321"],
  ],
  in_app: [],
};

test.each(CONTACT_POINT_TYPES.map(({ id }) => id))(
  "R66: every change of a contact point is audited, and no line holds its address: %s",
  async (type) => {
    const institutionId = await makeInstitution();
    const ctx = await makeMember(institutionId);
    const [first, second] = ADDRESSES[type] ?? [];
    const { id: contactPointId } = await createContactPoint(ctx, { type, label: "Desk", config: first?.[0] ?? {}, verify: true });
    await updateContactPoint(ctx, { contactPointId, label: "Front desk", enabled: false });
    if (second) {
      await asAdmin("UPDATE contact_point SET verified_at = now() WHERE id = $1", [contactPointId]);
      await changeAddress(ctx, { contactPointId, config: second[0] });
    }
    await deleteContactPoint(ctx, { contactPointId });
    const rows = await asAdmin<{ action: string; row: string }>(
      "SELECT action, a::text AS row FROM audit_event a WHERE institution_id = $1 AND object_id = $2",
      [institutionId, contactPointId],
    );
    const expected = [
      "created",
      "verify_requested",
      "updated",
      "disabled",
      ...(second ? ["address_changed", "verify_requested"] : []),
      "deleted",
    ];
    expect(rows.map(({ action }) => action).sort()).toEqual(expected.map((event) => `contact_point.${event}`).sort());
    for (const [, address] of [first, second].flatMap((each) => (each ? [each] : []))) {
      for (const { row } of rows) expect(row.toLowerCase()).not.toContain(address.toLowerCase());
    }
  },
);
