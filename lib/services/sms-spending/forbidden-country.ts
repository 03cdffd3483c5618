import type { ContactPointType } from "@/lib/channels/define";
import { fieldError } from "@/lib/core/errors";
import { inInstitution } from "@/lib/db/unit-of-work";
import { destinationOf } from "@/lib/services/sms-spending/destination";
import { readPolicy } from "@/lib/services/sms-spending/policy";

/** R27: a number whose country gets no texts from here is refused at its field, before it is kept. */
export async function refuseForbiddenCountry(institutionId: string, type: ContactPointType, address: string): Promise<void> {
  if (type.id !== "sms") {
    return;
  }
  const { countries } = await inInstitution(institutionId, (tx) => readPolicy(tx, institutionId));
  if (!countries.includes(destinationOf(address).country)) {
    throw fieldError("config.phone_number", "sms_country_not_allowed");
  }
}
