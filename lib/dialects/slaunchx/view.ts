import { toChannel } from "@/lib/dialects/slaunchx/from-domain";
import { KIND } from "@/lib/dialects/slaunchx/to-domain";
import { type ApiView, OPEN } from "@/lib/http/api-view";
import type { SenderDetailDto } from "@/lib/services/senders/dto";

/** A sender as this API's clients see it; null: it is of a kind that they know nothing of. */
export function slaunchxView(institutionId: string, sender: SenderDetailDto): ApiView | null {
  if (sender.type !== KIND.type || sender.provider !== KIND.provider) {
    return null;
  }
  const shown = toChannel(institutionId, sender);
  const { institutionBizId, channelName, channelRemark, channelHost, channelCategory, emailConfig } = shown;
  return {
    api: "slaunchx",
    shown,
    request: {
      method: "POST",
      path: "/web/v1/notification-channels/command/create",
      headers: { Authorization: `Bearer ${OPEN.token}` },
      body: {
        ...{ institutionBizId, channelName, channelRemark, channelHost, channelCategory },
        // what it was made without, this API asks for
        emailConfig: {
          ...emailConfig,
          senderEmail: emailConfig.senderEmail || "<senderEmail>",
          senderName: emailConfig.senderName || "<senderName>",
          username: emailConfig.username || "<username>",
          password: OPEN.password,
        },
      },
    },
  };
}
