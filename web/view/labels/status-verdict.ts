/** Whether everything is all right, in one sentence: the first thing that is wrong, else what comes next. */
import { isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import type { MarketStatusBody } from "../../../worker/protocol/rest/market-status.ts";
import type { StepWords } from "./step-text.ts";

/** Never by colour alone: each has a sign of its own. */
export type Tone = "good" | "busy" | "warn" | "bad";

export interface Verdict {
  readonly tone: Tone;
  readonly text: string;
}

/** A message that waits for longer has not merely been saved a moment ago. */
const LATE_OUTBOX_S = 120;

/** Of the sessions that are wanted, those that are there. */
export function pastShare({ sessions, wanted }: MarketStatusBody["backfill"]): number {
  return wanted === 0 ? 0 : Math.min(1, sessions / wanted);
}

/** A source is asked when it is named and has all of its secrets. */
export function isAsked({ named, missing_secrets: missing }: MarketStatusBody["sources"][number]): boolean {
  return named && missing.length === 0;
}

export function statusVerdict(body: MarketStatusBody, words: StepWords): Verdict {
  return (
    serverFault(body, words) ??
    (isSimulated(body.exchange)
      ? demoState(body, words)
      : (marketFault(body, words) ?? allRight(body, words)))
  );
}

function serverFault(
  { outbox, exchange_switch: change }: MarketStatusBody,
  { copy }: StepWords,
): Verdict | null {
  if ((outbox.oldest_age_s ?? 0) > LATE_OUTBOX_S) {
    return { tone: "warn", text: copy.outboxLate };
  }
  return (change?.disagreeing.length ?? 0) > 0 ? { tone: "warn", text: copy.disagreeing } : null;
}

function demoState({ feed }: MarketStatusBody, { copy }: StepWords): Verdict {
  switch (feed?.state) {
    case "preparing":
      return { tone: "busy", text: copy.preparing };
    case "live":
    case "closed":
      return { tone: "good", text: copy.allRightDemo };
    case "paused":
    case "stale":
    case "none":
    case undefined:
      return { tone: "warn", text: copy.demoStopped };
  }
}

function marketFault(body: MarketStatusBody, { copy, format }: StepWords): Verdict | null {
  const { sources, missing, backfill } = body;
  const refused = sources.find((source) => isAsked(source) && source.denials.length > 0);
  if (refused !== undefined) {
    return { tone: "bad", text: copy.keyRefused(copy.source[refused.id]) };
  }
  if (backfill.status === "running") {
    return { tone: "busy", text: copy.pastRunning(format.share(pastShare(backfill))) };
  }
  if (backfill.status === "waiting") {
    return { tone: "bad", text: copy.pastWaiting };
  }
  if (missing !== null) {
    const text =
      missing.session === null ? copy.missingEvening : copy.missingLine(format.day(missing.session));
    return { tone: "bad", text };
  }
  return null;
}

function allRight({ book, next, plan }: MarketStatusBody, { copy, format }: StepWords): Verdict {
  const isByHand = !plan.evening && !plan.morning;
  if (isByHand && book.tickers === 0) {
    return { tone: "warn", text: copy.noBars };
  }
  if (isByHand) {
    return { tone: "good", text: copy.byHand };
  }
  const coming =
    next === null ? "" : copy.nextAt(`${format.time(next.at)} ${copy.kst}`, copy.step[next.kind]);
  return { tone: "good", text: copy.allRight(coming).trim() };
}
