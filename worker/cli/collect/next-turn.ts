/** When a machine that goes on by itself asks again: at the turns of the Worker's own clock. */

const MINUTE_MS = 60_000;
/** As the cron of `wrangler.toml`: five minutes past, and every ten. */
const [PAST_MS, EVERY_MS] = [5 * MINUTE_MS, 10 * MINUTE_MS];

/** Milliseconds from `now`, in milliseconds since the epoch; never none. */
export function untilNextTurn(now: number): number {
  return EVERY_MS - ((now - PAST_MS) % EVERY_MS);
}
