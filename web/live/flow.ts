/** Whether values should be flowing, by what the feed says of itself. */
import type { FeedUpdate } from "../../worker/protocol/messages/live-update.ts";
import { assertNever } from "../../worker/core/assert.ts";
import type { Flow } from "./connection-event.ts";

export function flowOf({ state, session }: FeedUpdate["data"]): Flow {
  switch (state) {
    case "live":
      return session === "closed" || session === "break" ? "resting" : "flowing";
    case "stale":
      return "stalled";
    case "preparing":
    case "paused":
    case "closed":
    case "none":
      return "resting";
    default:
      return assertNever(state);
  }
}
