/** The state of a feed at the wire. */
import type { FeedStatus } from "../../app/ports/live.ts";
import { formatKst } from "../../protocol/kst-time.ts";
import type { FeedStatusBody } from "../../protocol/messages/live-update.ts";

export function encodeFeedStatus(status: FeedStatus): FeedStatusBody {
  return { ...status, clock: status.clock === null ? null : formatKst(status.clock) };
}
