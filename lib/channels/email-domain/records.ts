import type { RecordCheck, RecordKind } from "@/lib/channels/email-domain/checks";
import { dkimName, dkimValue } from "@/lib/channels/email-domain/dkim";
import { dmarcName, dmarcValue } from "@/lib/channels/email-domain/dmarc";
import type { DomainToLookAt } from "@/lib/channels/email-domain/look";
import { ownershipName, ownershipValue } from "@/lib/channels/email-domain/ownership";
import { spfValue } from "@/lib/channels/email-domain/spf-record";

/** One record as it should stand, beside what was found. */
export interface DomainRecord extends Omit<RecordCheck, "badSince"> {
  type: "TXT" | "MX";
  name: string;
  /** null: theirs to choose. */
  value: string | null;
}

/** The records to publish, in the order in which they matter. */
export function recordsOf(wanted: DomainToLookAt, checks: readonly RecordCheck[]): DomainRecord[] {
  const { domain, token, dkimSelector, dkimPublicKey, hosts } = wanted;
  const txt = (kind: RecordKind, name: string, value: string) => ({ ...checkOf(kind, checks), type: "TXT" as const, name, value });
  const [spf, dmarc] = [checkOf("spf", checks), checkOf("dmarc", checks)];
  const broken = spf.advice === "spf_include_broken" ? String(spf.params?.["name"]) : undefined;
  return [
    txt("ownership", ownershipName(domain), ownershipValue(token)),
    txt("spf", domain, asItIs(spf) ?? spfValue(spf.found, hosts, broken)),
    txt("dkim", dkimName(dkimSelector, domain), dkimValue(dkimPublicKey)),
    // a record that was inherited from the domain above is no start for one's own
    txt("dmarc", dmarcName(domain), asItIs(dmarc) ?? dmarcValue(dmarc.advice === "dmarc_inherited" ? [] : dmarc.found)),
    { ...checkOf("mx", checks), type: "MX" as const, name: domain, value: null },
  ];
}

/** What is right as it stands is not to be written in another way. */
function asItIs({ status, advice, found }: Omit<RecordCheck, "badSince">): string | undefined {
  return status === "ok" && advice === undefined ? found[0] : undefined;
}

function checkOf(kind: RecordKind, checks: readonly RecordCheck[]): Omit<RecordCheck, "badSince"> {
  const check = checks.find((each) => each.kind === kind);
  if (!check) {
    return { kind, status: "unchecked", found: [] };
  }
  const { badSince: _, ...rest } = check;
  return rest;
}
