/** How old the closes are that a page shows: imported bars grow old without any event. */

/** Calendar days: a weekend and a holiday beside it pass without a new close. */
const OLD_DAYS = 4;

const DAY_MS = 86_400_000;
const SEOUL_MS = 9 * 3_600_000;

/**
 * Calendar days in Seoul from the session `day` (`2025-06-17`) to the instant `now` in milliseconds; `null` up to
 * {@link OLD_DAYS}.
 */
export function closeAge(day: string, now: number): number | null {
  const today = Math.floor((now + SEOUL_MS) / DAY_MS);
  const age = today - Math.floor(Date.parse(day) / DAY_MS);
  return age > OLD_DAYS ? age : null;
}
