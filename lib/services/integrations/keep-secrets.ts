import type { SecretKeeper } from "@/lib/channels/providers/define";
import { logger } from "@/lib/core/logger";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { lockIntegration } from "@/lib/services/integrations/internal";
import { integrationPlace, openSecrets, provenPlace, sealSecrets } from "@/lib/services/integrations/secrets";

interface Stored {
  institutionId: string;
  integrationId: string;
  /**
   * Which settings the secrets are used with: of a sender, or of the account. Once others stand there, so does a secret
   * that was given for somewhere else, and it is not handed out (R44).
   */
  at: { senderId: string; revision: number } | { secretsVersion: number };
  /** The secrets that were taken from there; typed ones are not this keeper's. */
  fields?: readonly string[];
}

/**
 * Reads and replaces a stored secret that the other side has changed by itself. It is no edit: nobody's proof ends and
 * no revision is raised, and a secret that somebody has set meanwhile is left alone.
 */
export function secretKeeper(stored: Stored): SecretKeeper {
  const { institutionId, integrationId, fields } = stored;
  const isOurs = (field: string) => fields === undefined || fields.includes(field);
  const attempt = async <T>(work: (tx: Tx) => Promise<T>): Promise<T | undefined> => {
    try {
      return await inInstitution(institutionId, work);
    } catch (error) {
      logger.error({ err: error, institutionId, integrationId }, "a secret that was renewed elsewhere could not be kept or read");
      return undefined;
    }
  };
  return {
    latest: async (field) => (isOurs(field) ? attempt((tx) => read(tx, stored, field)) : undefined),
    replace: async (field, used, renewed) => {
      if (isOurs(field)) {
        await attempt((tx) => write(tx, stored, { field, used, renewed }));
      }
    },
  };
}

async function read(tx: Tx, { institutionId, integrationId, at }: Stored, field: string): Promise<string | undefined> {
  // the account before its sender: where the revision still is the one, the account was read as it belongs to it
  const integration = await tx.integration.findFirst({ where: { institutionId, id: integrationId } });
  const sender = "senderId" in at ? await tx.sender.findFirst({ where: { institutionId, id: at.senderId } }) : null;
  const stands = "senderId" in at ? sender?.revision === at.revision : integration?.secretsVersion === at.secretsVersion;
  if (integration && stands) {
    return openSecrets(integration.secrets, integrationPlace(institutionId, integrationId, integration.secretsVersion))[field];
  }
  return sender && "senderId" in at && sender.provenRevision === at.revision
    ? openSecrets(sender.provenSecrets, provenPlace(institutionId, sender.id, at.revision))[field]
    : undefined;
}

interface Renewal {
  field: string;
  used: string;
  renewed: string;
}

/** In the account, and in what was proven of every sender on it. */
async function write(tx: Tx, { institutionId, integrationId }: Stored, { field, used, renewed }: Renewal): Promise<void> {
  const integration = await lockIntegration(tx, institutionId, integrationId);
  const place = integrationPlace(institutionId, integrationId, integration.secretsVersion);
  const secrets = openSecrets(integration.secrets, place);
  if (secrets[field] === used) {
    const sealed = sealSecrets({ ...secrets, [field]: renewed }, place);
    await tx.integration.update({ where: { institutionId_id: { institutionId, id: integrationId } }, data: { secrets: sealed } });
  }
  const senders = await tx.$queryRaw<Array<{ id: string; sealed: string; revision: number }>>`
    SELECT id, proven_secrets AS sealed, proven_revision AS revision FROM sender
     WHERE institution_id = ${institutionId}::uuid AND integration_id = ${integrationId}::uuid
       AND proven_secrets IS NOT NULL AND proven_revision IS NOT NULL ORDER BY id FOR NO KEY UPDATE`;
  for (const { id, sealed, revision } of senders) {
    const proven = openSecrets(sealed, provenPlace(institutionId, id, revision));
    if (proven[field] === used) {
      const provenSecrets = sealSecrets({ ...proven, [field]: renewed }, provenPlace(institutionId, id, revision));
      await tx.sender.update({ where: { institutionId_id: { institutionId, id } }, data: { provenSecrets } });
    }
  }
}
