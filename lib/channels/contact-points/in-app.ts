import { z } from "zod";
import { defineContactPointType } from "@/lib/channels/define";

export const inApp = defineContactPointType({
  id: "in_app",
  icon: "bell",
  config: z.strictObject({}),
  configVersion: 1,
  address: (_config, owner) => owner.subscriberId,
  countingKey: (address) => address,
  display: () => "",
  mask: () => "",
  toForm: () => ({}),
  verification: { kind: "confirm", ttlSec: (limits) => limits.confirmTtlSec },
  single: true,
  deliver: async (io, { payload, verificationId }) => {
    switch (payload.kind) {
      case "verification":
        io.writeInbox({ kind: "verification", data: { institutionName: payload.institutionName }, verificationId });
        break;
      case "test":
        io.writeInbox({ kind: "test", data: { label: payload.label }, verificationId: null });
        break;
      case "notice":
        io.writeInbox({
          kind: `notice_${payload.event}`,
          data: { type: payload.contactPointType, address: payload.maskedAddress },
          verificationId: null,
        });
        break;
      default:
        // people without an account in the console have no inbox to be invited in
        return { outcome: "refused", reason: "rejected" };
    }
    return { outcome: "sent" };
  },
});
