import type { z } from "zod";
import type { Channel } from "@/lib/dialects/votel/schemas";
import type { BoundSenderDto } from "@/lib/services/senders/bound-dto";

type Shown = z.output<typeof Channel>;

/** The keys stand in the order in which the API's own page has them. */
export function toChannel(sender: BoundSenderDto): Shown {
  const { id, institutionId: tenant_id, name, integrationId: integration_id } = sender;
  const rest = {
    status: sender.standing,
    is_default: sender.isDefault,
    metadata: sender.metadata as Shown["metadata"],
    created_at: sender.createdAt.replace(/\.\d+Z$/, "Z"),
  };
  return sender.type === "email"
    ? {
        ...{ id, tenant_id, name, channel_type: "email", integration_id },
        ...{ send_from_email: sender.fromAddress ?? "", email_domain_id: sender.emailDomainId },
        ...rest,
      }
    : {
        ...{ id, tenant_id, name, channel_type: "sms", integration_id },
        ...{ send_from_phone_number: sender.fromNumber ?? "", phone_number_id: sender.phoneNumberId },
        ...rest,
      };
}
