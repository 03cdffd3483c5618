import { AppError } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { uuidFrom } from "@/lib/core/ulid";

/** The channel of a path, written as a UUID or a ULID. */
export function channelOf({ channel_id: written = "" }: Record<string, string>): { senderId: string } {
  const senderId = uuidFrom(written);
  if (senderId === null) {
    throw new AppError("bad_request", { reason: "channelId" });
  }
  // well written, and still none of ours
  if (!isId(senderId)) {
    throw new AppError("not_found", { params: { resource: "channel" } });
  }
  return { senderId };
}
