/** The connection badge's text for each state of the connection, and whether a new connection may help. */
import { assertNever } from "../../../worker/core/assert.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { LiveStatus } from "../../live/connection-status.ts";
import type { Feed } from "../../store/feed.ts";

/** What the badge shows: never by colour alone. */
export interface ConnectionText {
  /** `good` values arrive, `calm` nothing is expected to, `warn` it lasts too long, `bad` nothing arrives, `still` held back. */
  readonly tone: "good" | "calm" | "warn" | "bad" | "still";
  readonly label: string;
  readonly detail: string | null;
  /** Asking for a new connection may help. */
  readonly canRetry: boolean;
}

/** What a text depends on; the caller brings the time, so that a test needs no clock. */
export interface ConnectionFacts {
  readonly status: LiveStatus;
  readonly feed: Feed | null;
  /** Milliseconds on the clock that the status counts in. */
  readonly now: number;
  readonly text: Dictionary;
}

/** One text a state of the connection: the type makes a new state without one a compile error. */
export function connectionText(facts: ConnectionFacts): ConnectionText {
  const { status, text } = facts;
  switch (status.state) {
    case "idle":
      return { tone: "calm", label: text.connIdle, detail: null, canRetry: false };
    case "connecting":
      return { tone: "calm", label: text.connConnecting, detail: null, canRetry: false };
    case "live":
      return { tone: "good", label: text.connLive, detail: age(status.lastDataAt, facts), canRetry: false };
    case "quiet":
      return { tone: "calm", label: text.connQuiet, detail: age(status.lastDataAt, facts), canRetry: false };
    case "stale":
      return { tone: "warn", label: text.connStale, detail: last(status.lastDataAt, facts), canRetry: true };
    case "closed":
      return resting(facts);
    case "paused":
      return {
        tone: "still",
        label: text.connPaused,
        detail: text.connWaiting(status.waiting),
        canRetry: false,
      };
    case "reconnecting":
    case "recovered":
    case "polling":
    case "offline":
    case "refused":
      return interrupted(status, facts);
    default:
      return assertNever(status);
  }
}

type Interrupted = Extract<
  LiveStatus,
  { state: "reconnecting" | "recovered" | "polling" | "offline" | "refused" }
>;

function interrupted(status: Interrupted, facts: ConnectionFacts): ConnectionText {
  const { text, now } = facts;
  switch (status.state) {
    case "reconnecting": {
      const wait = status.retryAt === null ? null : Math.max(0, Math.ceil((status.retryAt - now) / 1_000));
      const detail = wait === null || wait === 0 ? text.connTrying : text.connIn(wait);
      return { tone: "warn", label: text.connReconnecting(status.attempt), detail, canRetry: true };
    }
    case "recovered": {
      const { gapSeconds, messages } = status;
      const detail = status.reset ? text.connReset(gapSeconds) : text.connGap(gapSeconds, messages);
      return { tone: "good", label: text.connRecovered, detail, canRetry: false };
    }
    case "polling":
      return { tone: "warn", label: text.connPolling, detail: age(status.lastDataAt, facts), canRetry: true };
    case "offline":
      return { tone: "bad", label: text.connOffline, detail: last(status.lastDataAt, facts), canRetry: true };
    case "refused": {
      const detail = [text.connCode(status.code), text.closeText(status.code, status.reason)]
        .filter((part) => part !== "")
        .join(" · ");
      return { tone: "bad", label: text.connRefused, detail, canRetry: true };
    }
    default:
      return assertNever(status);
  }
}

/** Connected and silent: the feed's state is the reason. */
function resting({ feed, text }: ConnectionFacts): ConnectionText {
  const calm = { tone: "calm", detail: null, canRetry: false } as const;
  const state = feed?.state;
  switch (state) {
    case "none":
      return { ...calm, label: text.connNoFeed, detail: text.connCloses };
    case "preparing":
      return { ...calm, label: text.connPreparing };
    case "paused":
      return { ...calm, label: text.connFeedPaused };
    case "live":
    case "closed":
    case "stale":
    case undefined:
      return { ...calm, label: text.connClosed };
    default:
      return assertNever(state);
  }
}

function age(at: number | null, { now, text }: ConnectionFacts): string {
  const seconds = at === null ? null : Math.max(0, Math.round((now - at) / 1_000));
  return seconds === null ? text.connNothingYet : seconds < 2 ? text.connNow : text.connAgo(seconds);
}

/** An age instead of a time: the time would be by this machine's clock, and the demo's own clock stands beside it. */
function last(at: number | null, facts: ConnectionFacts): string {
  return at === null ? facts.text.connNothingYet : facts.text.connLast(age(at, facts));
}
