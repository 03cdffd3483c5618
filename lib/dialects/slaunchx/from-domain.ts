import { SECRET_MASK } from "@/lib/channels/secret-mask";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import { type Channel, DEFAULTS } from "@/lib/dialects/slaunchx/schemas";
import type { SenderDetailDto } from "@/lib/services/senders/dto";

/** What of an SMTP integration's settings this API shows. */
interface SmtpSettings {
  host: string;
  port: number;
  security: "tls" | "starttls" | "none";
  username?: string;
  connectionTimeoutMs?: number;
  readTimeoutMs?: number;
}

/** A sender on an SMTP integration as a channel. */
export function toChannel(institutionId: string, sender: SenderDetailDto): Channel {
  return {
    bizId: toBizId("channel", sender.id),
    institutionBizId: toBizId("institution", institutionId),
    channelName: sender.name,
    channelRemark: sender.remark,
    channelHost: toHost(sender),
    channelCategory: "EMAIL",
    channelStatus: STATUS[sender.state],
    emailConfig: toEmailConfig(sender),
    createdAt: instant(sender.createdAt),
    updatedAt: instant(sender.updatedAt),
    createdBy: person(sender.createdById),
    updatedBy: person(sender.updatedById),
  };
}

/** What it was made without elsewhere is empty here. */
export function toEmailConfig(sender: SenderDetailDto): Channel["emailConfig"] {
  const smtp = sender.config as unknown as SmtpSettings;
  return {
    smtpHost: smtp.host,
    smtpPort: smtp.port,
    senderEmail: sender.fromAddress ?? "",
    senderName: sender.fromName ?? "",
    username: smtp.username ?? "",
    password: SECRET_MASK,
    useSsl: smtp.security === "tls",
    useStartTls: smtp.security === "starttls",
    connectionTimeout: smtp.connectionTimeoutMs ?? DEFAULTS.connectionTimeout,
    readTimeout: smtp.readTimeoutMs ?? DEFAULTS.readTimeout,
  };
}

/** One that was made elsewhere may have none. */
export function toHost(sender: SenderDetailDto): string {
  return sender.host ?? (sender.config as unknown as SmtpSettings).host;
}

const STATUS = { pending: "PENDING", active: "ACTIVE", inactive: "INACTIVE", error: "ERROR" } as const;

/** Whole seconds, as this API writes its times. */
function instant(iso: string): string {
  return `${iso.slice(0, 19)}Z`;
}

function person(id: string | null): string | null {
  return id === null ? null : toBizId("user", id);
}
