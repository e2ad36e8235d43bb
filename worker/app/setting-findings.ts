/** What is worth knowing of how the sources are set up and of what they have used, read without asking a vendor. */
import { WANTED_SESSIONS } from "./jobs/days/backfill-state.ts";
import type { SourceState } from "./ports/market-status.ts";
import type { SourceFinding } from "./ports/source-check.ts";
import type { ReaderRule } from "./reader-rule.ts";
import { VENDORS } from "./vendors.ts";

/** How a vendor is set up. */
export type SourceSetup = Pick<SourceState, "id" | "isNamed" | "missing">;

const HOUR_MS = 3_600_000;
const hours = (ms: number): string => (ms / HOUR_MS).toFixed(1);
/** Four a session. */
const BACKFILL_CALLS = 4 * WANTED_SESSIONS;

/** Whether a source is asked at all. */
const isAsked = ({ isNamed, missing }: SourceSetup): boolean => isNamed && missing.length === 0;

function keyFinding({ id, isNamed, missing }: SourceSetup): Omit<SourceFinding, "source"> | null {
  const { secrets, gives } = VENDORS[id];
  const isKeyless = missing.length === secrets.length;
  if (isNamed && isKeyless) {
    const remedy = `It would bring ${gives}: worker/adapters/GUIDE.md. Who wants none takes ${id} out of MARKET_SOURCES.`;
    return {
      mark: "warning",
      about: "key",
      what: `Not set (${missing.join(", ")}), so nothing is asked.`,
      remedy,
    };
  }
  if (missing.length > 0 && !isKeyless) {
    const what = `${missing.join(", ")} is not set beside the other one: nothing is asked.`;
    return { mark: "fault", about: "key", what, remedy: `Set ${missing.join(", ")} too.` };
  }
  return !isNamed && missing.length === 0
    ? {
        mark: "warning",
        about: "key",
        what: "The key is set, and MARKET_SOURCES does not name this vendor: nothing is asked.",
        remedy:
          id === "kiwoom"
            ? "No Worker has an address that is registered with it: `npm run collect -- --live` asks it from a machine of yours."
            : `Add ${id} to MARKET_SOURCES in wrangler.toml, or delete the secret.`,
      }
    : null;
}

function budgetFinding({ callsToday, callsPerDay }: SourceState): Omit<SourceFinding, "source"> {
  const about = "calls";
  if (callsPerDay === null) {
    return { mark: "ok", about, what: `${callsToday} today; the vendor counts none a day.`, remedy: null };
  }
  const left = Math.max(0, callsPerDay - callsToday);
  const what = `${callsToday} of ${callsPerDay} today, ${left} left.`;
  if (left === 0) {
    return { mark: "fault", about, what, remedy: "They count anew at midnight in Seoul." };
  }
  return left < BACKFILL_CALLS
    ? {
        mark: "warning",
        about,
        what,
        remedy: `A whole backfill takes ${BACKFILL_CALLS}; what is left of it goes on tomorrow.`,
      }
    : { mark: "ok", about, what, remedy: null };
}

function tokenFinding({ token }: SourceState, now: number): Omit<SourceFinding, "source"> | null {
  if (token === null) {
    return null;
  }
  const what =
    token.until > now
      ? `Issued ${hours(now - token.issuedAt)} h ago, good for ${hours(token.until - now)} h more.`
      : "Its time is over; the next call asks for another.";
  return { mark: "ok", about: "token", what, remedy: null };
}

/** Who may read against the terms of what is read. */
function readerFinding(states: readonly SourceSetup[], rule: ReaderRule): readonly SourceFinding[] {
  const asked = states.filter(isAsked);
  if (asked.length === 0) {
    return [];
  }
  const terms = asked.map(({ id }) => VENDORS[id].terms).join("; ");
  return rule === "owner"
    ? [
        {
          mark: "ok",
          source: null,
          about: "readers",
          what: "READERS is owner: only whoever logged in sees real quotes.",
          remedy: null,
        },
      ]
    : [
        {
          mark: "warning",
          source: null,
          about: "readers",
          what: `READERS is public: everyone sees quotes of a vendor, and ${terms}.`,
          remedy: 'Set READERS = "owner", unless Cloudflare Access stands before the whole name.',
        },
      ];
}

/** Names, keys and readers: all that can be judged before a vendor was ever asked. */
export function setupFindings(setups: readonly SourceSetup[], rule: ReaderRule): readonly SourceFinding[] {
  const keys = setups.flatMap((setup): readonly SourceFinding[] => {
    const found = isAsked(setup) ? null : keyFinding(setup);
    return found === null ? [] : [{ source: setup.id, ...found }];
  });
  return [...keys, ...readerFinding(setups, rule)];
}

/** Whole sessions are to be judged while they run, and no vendor that is asked here quotes every share. */
function intradayFinding(states: readonly SourceSetup[], intradayMs: number): readonly SourceFinding[] {
  const isInVain = intradayMs > 0 && !states.some((state) => state.id === "kis" && isAsked(state));
  return isInVain
    ? [
        {
          mark: "warning",
          source: null,
          about: "intraday",
          what: `INTRADAY_MINUTES is ${intradayMs / 60_000}, and only KIS, which is not asked here, quotes every share: no running session is judged.`,
          remedy: 'Set KIS_APP_KEY and KIS_APP_SECRET, or INTRADAY_MINUTES = "0".',
        },
      ]
    : [];
}

/**
 * With the calls of today and the age of the token. `now` in milliseconds since the epoch; `intradayMs` between two judgements of a
 * running session, 0 for none. Pure: the same states give the same findings.
 */
export function settingFindings(
  states: readonly SourceState[],
  rule: ReaderRule,
  now: number,
  intradayMs = 0,
): readonly SourceFinding[] {
  const used = states
    .filter(isAsked)
    .flatMap((state) =>
      [budgetFinding(state), tokenFinding(state, now)].flatMap((one): readonly SourceFinding[] =>
        one === null ? [] : [{ source: state.id, ...one }],
      ),
    );
  return [...used, ...setupFindings(states, rule), ...intradayFinding(states, intradayMs)];
}
