/** Reads the log of events behind the messages of the socket, at most once a second, and hands over what is to be shown. */
import type { Clock, Timers } from "../../live/time.ts";
import { LOGIN_REQUIRED, RequestError } from "../fetch-json.ts";
import type { DeviceRule } from "./device-rules.ts";
import { type EventPage, PAGE_ROWS } from "./event-page.ts";
import { EMPTY_LOG, type NoticeLog, type NoticeRecord } from "./notice-log.ts";
import { joined, type NoticePlan, planDue, planNotices } from "./plan-notices.ts";
import { logPage } from "../page-log.ts";

/** Between two requests. */
const ASK_MS = 1_000;
/** After a request that failed, twice as long each time. */
const AGAIN_MS = 5_000;
const MOST_AGAIN_MS = 60_000;
/** Without any message: what is not of a signal has none, and what waits comes due. */
const LOOK_MS = 60_000;

interface ConsumerDeps {
  readonly record: NoticeRecord;
  readonly exchange: EventPage["exchange"];
  /** Those that are on, with their tickers. */
  readonly rules: () => readonly DeviceRule[];
  readonly clock: Pick<Clock, "now">;
  readonly timers: Timers;
  /** Milliseconds since the epoch. */
  readonly time: () => number;
  /** Rejects with a RequestError. */
  readonly fetch: (after: number | null, abort: AbortSignal) => Promise<EventPage>;
  readonly show: (plan: NoticePlan) => void;
}

export interface AlertConsumer {
  /** There may be something new. */
  readonly ask: () => void;
  /** What is on its way is dropped, and nothing is asked for any more. */
  readonly end: () => void;
}

interface Waits {
  /** One of each kind at a time; a later one takes the place of the earlier. */
  readonly set: (kind: "ask" | "again" | "look", ms: number, run: () => void) => void;
  readonly end: () => void;
}

function makeWaits(timers: Timers): Waits {
  const cancels = new Map<string, () => void>();
  return {
    set: (kind, ms, run) => {
      cancels.get(kind)?.();
      cancels.set(kind, timers.after(ms, run));
    },
    end: () => {
      cancels.forEach((cancel) => {
        cancel();
      });
    },
  };
}

interface Reading {
  /** Shows what is new in a page; with that of the next one where more is known to follow. */
  readonly take: (page: EventPage, isMore: boolean) => void;
  /** Shows what has waited. */
  readonly takeDue: () => void;
}

function makeReading({ record, exchange, rules, time, show }: ConsumerDeps): Reading {
  /** Of pages whose next one is not there yet: whoever was away for long is shown one notice of all that. */
  let held: NoticePlan | null = null;
  /** Of what is stored now, and the same change for whatever is stored when it is written. */
  function apply(planOf: (log: NoticeLog) => NoticePlan, isMore = false): void {
    const next = planOf(record.stored());
    record.change((log) => planOf(log).log);
    const plan = held === null ? next : joined(held, next);
    held = isMore ? plan : null;
    if (!isMore && plan.shown.length + plan.withdrawn.length > 0) {
      show(plan);
    }
  }
  return {
    take: (page, isMore) => {
      const [asked, at] = [rules(), time()];
      apply((log) => planNotices(log, page, asked, at), isMore);
    },
    takeDue: () => {
      const due = { exchange, rules: rules(), now: time() };
      apply((log) => planDue(log, due));
    },
  };
}

/** Leaves one line. What needed a login is not kept on the device. */
function report(error: unknown, record: NoticeRecord): void {
  const failure = RequestError.of(error);
  if (failure.problem?.type === LOGIN_REQUIRED) {
    record.change(() => EMPTY_LOG);
  }
  logPage("alerts_not_read", failure.message);
}

/** Reads as long as it is not ended; the caller ends it where another tab leads. */
export function makeConsumer(deps: ConsumerDeps): AlertConsumer {
  const { record, clock } = deps;
  const waits = makeWaits(deps.timers);
  const reading = makeReading(deps);
  const end = new AbortController();
  let [isWanted, isBusy] = [false, false];
  let askedAt = -Infinity;
  let againMs = AGAIN_MS;

  async function load(): Promise<void> {
    try {
      const page = await deps.fetch(record.stored().position, end.signal);
      againMs = AGAIN_MS;
      if (!end.signal.aborted && page.exchange === deps.exchange) {
        const isMore = page.events.length >= PAGE_ROWS;
        reading.take(page, isMore);
        isWanted ||= isMore;
      }
    } catch (error) {
      if (!end.signal.aborted) {
        report(error, record);
        waits.set("again", againMs, ask);
        againMs = Math.min(2 * againMs, MOST_AGAIN_MS);
      }
    }
    isBusy = false;
    run();
  }
  function run(): void {
    if (!isWanted || isBusy || end.signal.aborted) {
      return;
    }
    const wait = askedAt + ASK_MS - clock.now();
    if (wait > 0) {
      waits.set("ask", wait, run);
      return;
    }
    [isWanted, isBusy, askedAt] = [false, true, clock.now()];
    void load();
  }
  function ask(): void {
    isWanted = true;
    run();
  }
  function look(): void {
    reading.takeDue();
    waits.set("look", LOOK_MS, look);
    ask();
  }
  look();
  return {
    ask,
    end: () => {
      end.abort();
      waits.end();
    },
  };
}
