/** KW24: `npm run collect -- --live`: a day beside the Worker: its live prices from the opening to the close, and the day's turns. */
import type { MarketSnapshot } from "../../../app/ports/market-sources.ts";
import type { LiveUpstream } from "../../../app/ports/live-upstream.ts";
import { closingWindowAfter } from "../../../core/calendar/closing-window.ts";
import { calendarDay, type SessionHours } from "../../../core/calendar/krx-calendar.ts";
import { formatTradingDay, tradingDayAt } from "../../../core/calendar/trading-day.ts";
import { CommandError, reasonOf } from "../../terminal/command-error.ts";
import { readOwnerToken } from "../../terminal/owner-token.ts";
import type { CollectArgs } from "../collect-args.ts";
import { type CollectCode, codeOf, describeTurn, hasBrought } from "../collect-report.ts";
import { untilNextTurn } from "../next-turn.ts";
import type { OpenedVendors } from "../opened-vendors.ts";
import { stderrLog } from "../stderr-log.ts";
import { DEV_VARS, showsSimulated, takeTurn } from "../turn.ts";
import type { VendorEnv } from "../vendor-env.ts";
import { followSession } from "./follow-session.ts";
import { LiveRelay, type RelayCounts } from "./live-relay.ts";
import { type LiveOutcome, showRemedy } from "./live-report.ts";

/** A connection stands before the first trade. */
const BEFORE_OPENING_MS = 2 * 60_000;

/** What the turns of a day came to. */
class DayTurns {
  code: CollectCode = 0;
  hasEvening = false;
  readonly #args: CollectArgs;
  readonly #vendors: VendorEnv;
  readonly #opened: OpenedVendors;
  readonly #over: AbortSignal;

  constructor(args: CollectArgs, vendors: VendorEnv, opened: OpenedVendors, over: AbortSignal) {
    this.#args = args;
    this.#vendors = vendors;
    this.#opened = opened;
    this.#over = over;
  }

  /** Rejects as {@link takeTurn} does. What it brought, and what failed, is a line of stderr. */
  async take(past: boolean): Promise<void> {
    const { turn } = await takeTurn(this.#args, this.#vendors, this.#opened, past);
    this.code = codeOf(turn);
    this.hasEvening ||= turn.steps.some(
      ({ kind, status }) => kind === "evening_snapshot" && (status === "stored" || status === "repeated"),
    );
    if (hasBrought(turn) || this.code === 1) {
      process.stderr.write(`${describeTurn(turn, this.#args.to, this.#opened.calls)}\n`);
    }
  }

  /** At each turn of the Worker's clock until then, or until the evening's prices are there. */
  async takeUntil(at: number): Promise<void> {
    const { clock, passed } = this.#opened;
    while (!this.hasEvening) {
      const rest = untilNextTurn(clock.now());
      if (clock.now() + rest >= at || !(await passed(rest, this.#over))) {
        break;
      }
      await this.takePatiently();
    }
  }

  /** With the past. A Worker that is away is asked again at the next turn. */
  async takePatiently(): Promise<void> {
    try {
      await this.take(true);
    } catch (error) {
      if (!(error instanceof CommandError)) {
        throw error;
      }
      this.code = 1;
      process.stderr.write(`${reasonOf(error)}\n`);
    }
  }
}

function hoursLeft(now: number): SessionHours | null {
  const known = calendarDay(tradingDayAt(now));
  return known.kind === "session" && now < closingWindowAfter(known.closesAt).from ? known : null;
}

async function follow(
  { to }: CollectArgs,
  { clock, passed }: OpenedVendors,
  vendor: { readonly upstream: LiveUpstream; readonly snapshot: MarketSnapshot },
  until: number,
  over: AbortSignal,
): Promise<RelayCounts> {
  const relays: LiveRelay[] = [];
  await followSession({
    to,
    token: readOwnerToken(process.env, DEV_VARS),
    log: stderrLog,
    makeRelay: (send) => {
      const relay = new LiveRelay({ ...vendor, clock, log: stderrLog, send });
      relays.push(relay);
      return relay;
    },
    leftMs: () => (over.aborted ? 0 : until - clock.now()),
    wait: async (ms) => {
      await passed(ms, over);
    },
    random: Math.random,
  });
  const [relay] = relays;
  return relay?.counts ?? { connections: 0, ticks: 0, names: 0, denied: null, detail: "" };
}

/** Resolves after the day's closes are there, or the after-market has begun. Rejects with a {@link CommandError} where the Worker refuses. */
export async function runLive(
  args: CollectArgs,
  vendors: VendorEnv,
  opened: OpenedVendors,
): Promise<LiveOutcome> {
  const [upstream, snapshot] = [opened.live(), opened.sources.evening?.snapshot];
  if (upstream === null || snapshot === undefined) {
    throw new CommandError(
      "Live prices need an account: set KIWOOM_APP_KEY and KIWOOM_SECRET_KEY, or KIS_APP_KEY and KIS_APP_SECRET.",
      2,
    );
  }
  const { clock } = opened;
  const over = new AbortController();
  const turns = new DayTurns(args, vendors, opened, over.signal);
  // A past takes minutes, and the session does not wait for it.
  await turns.take(hoursLeft(clock.now()) === null);

  const now = clock.now();
  const hours = hoursLeft(now);
  if (hours !== null && (await showsSimulated(args, vendors))) {
    // The first past shows its exchange by itself, so the day goes on.
    process.stderr.write(`No live prices yet: ${showRemedy(args.to)}\n`);
  }
  let counts: RelayCounts | null = null;
  if (hours !== null) {
    const window = closingWindowAfter(hours.closesAt);
    if (clock.now() < hours.opensAt - BEFORE_OPENING_MS) {
      await turns.takePatiently();
    }
    await turns.takeUntil(hours.opensAt - BEFORE_OPENING_MS);
    await opened.passed(hours.opensAt - BEFORE_OPENING_MS - clock.now(), over.signal);
    try {
      const followed = follow(args, opened, { upstream, snapshot }, window.from, over.signal);
      const beside = turns.takePatiently().then(async () => turns.takeUntil(window.from));
      [counts] = await Promise.all([followed, beside]);
    } catch (error) {
      over.abort();
      throw error;
    }
    await turns.takeUntil(window.until);
  }
  const isIdle = counts !== null && counts.connections === 0 && counts.denied === null;
  return {
    isDemoShown: isIdle && (await showsSimulated(args, vendors)),
    day: formatTradingDay(tradingDayAt(now)),
    source: upstream.id,
    counts,
    turns: turns.code,
    hasEvening: turns.hasEvening,
    calls: opened.calls,
  };
}
