/** Work that outlives the event it began in: no caller waits for it, so its failure stands in the log. */
import { type Log, logFailure } from "../app/ports/log.ts";

/** Keeps the object awake for `work`. A failure is logged as `event`, at level `error`: such work deals with its neighbours' failures itself. */
export function inBackground(
  ctx: Pick<DurableObjectState, "waitUntil">,
  log: Log,
  event: string,
  work: Promise<unknown>,
): void {
  ctx.waitUntil(
    work.catch((error: unknown) => {
      logFailure(log, event, error, {}, "error");
    }),
  );
}
