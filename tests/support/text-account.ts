import { secretsOf } from "@/lib/channels/form-spec-for";
import { providerType } from "@/lib/channels/providers/registry";
import { newId } from "@/lib/core/ids";
import { inInstitution } from "@/lib/db/unit-of-work";
import { integrationPlace, sealSecrets } from "@/lib/services/integrations/secrets";

/** An institution's account with a vendor's fake, its secrets sealed as the console seals them. */
export async function textAccount(institutionId: string, provider: string, given: Record<string, string>): Promise<string> {
  const type = providerType(provider);
  if (!type) {
    throw new Error(`no provider ${provider}`);
  }
  const secretNames = secretsOf(type);
  const only = (secret: boolean) => Object.fromEntries(Object.entries(given).filter(([name]) => secretNames.includes(name) === secret));
  const id = newId();
  const place = integrationPlace(institutionId, id, 1);
  await inInstitution(institutionId, (tx) =>
    tx.integration.create({
      data: {
        institutionId,
        id,
        name: "Texts",
        provider,
        channel: type.channel,
        config: only(false),
        secrets: sealSecrets(only(true), place),
        secretsVersion: 1,
      },
    }),
  );
  return id;
}
