import { email } from "@/lib/channels/contact-points/email";
import { inApp } from "@/lib/channels/contact-points/in-app";
import { sms } from "@/lib/channels/contact-points/sms";
import type { ContactPointType } from "@/lib/channels/define";

/** Every contact point type there is: the only closed list of them. */
export const CONTACT_POINT_TYPES = [email, sms, inApp] as unknown as readonly ContactPointType[];

const byId = new Map(CONTACT_POINT_TYPES.map((type) => [type.id, type]));

/** The type of that id, or undefined: a row whose type is no longer known must not break a list. */
export function contactPointType(id: string): ContactPointType | undefined {
  return byId.get(id);
}

/** For rows that were written through the registry and are about to be acted upon. */
export function requireContactPointType(id: string): ContactPointType {
  const type = byId.get(id);
  if (!type) {
    throw new Error(`contact point type ${id} is not in the registry`);
  }
  return type;
}
