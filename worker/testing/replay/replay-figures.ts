/** The figures of a replay: names a day, survival of ids, births, ends, revisions, grades. */
import type { SignalEvent } from "../../core/lifecycle/signal.ts";
import { isPreTrigger } from "../../core/lifecycle/signal.ts";
import type { ReplayedDay } from "./replay-run.ts";

export interface ReplayFigures {
  readonly sessions: number;
  /** Names listed a day: least, median, most, mean. */
  readonly names: Spread;
  readonly waiting: Spread;
  readonly survival: {
    /** Ids listed on a day that are listed on the next. */
    readonly all: number;
    /** The same without those that price or time ended: only `left_scan` and `superseded` count as lost. */
    readonly unended: number;
    /** Ids of grade C or better on a day that are open and of such a grade on the next. */
    readonly graded: number;
    readonly pairs: number;
  };
  readonly ids: number;
  readonly birthsADay: number;
  readonly triggered: number;
  readonly revisions: number;
  readonly reopenings: number;
  /** Corporate actions that open signals went through. */
  readonly rebased: number;
  readonly ends: ReadonlyMap<string, number>;
  /** Ticker-days on the list by grade, before the trigger and after it. */
  readonly grades: ReadonlyMap<string, number>;
}

interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
  readonly mean: number;
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  const mean = sorted.reduce((sum, x) => sum + x, 0) / Math.max(1, sorted.length);
  return { least, median: sorted[sorted.length >> 1] ?? 0, most, mean };
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const groups = Array.from(
    Map.groupBy(names, (name) => name),
    ([name, all]) => [name, all.length] as const,
  );
  return new Map(groups.toSorted(([, a], [, b]) => b - a));
}

function gradedSurvival(days: readonly ReplayedDay[]): number {
  const lists = days.map(({ open }) => open.filter(({ grade }) => grade !== "D").map(({ id }) => id));
  const pairs = lists.slice(0, -1).flatMap((ids, i) => ids.map((id) => lists[i + 1]?.includes(id) ?? false));
  return pairs.filter(Boolean).length / pairs.length;
}

/** `events` are all that were logged; those of the given days count. */
export function figuresOf(days: readonly ReplayedDay[], events: readonly SignalEvent[]): ReplayFigures {
  const own = new Set(days.map(({ day }) => day));
  const logged = events.filter(({ day }) => own.has(day));
  const end = new Map(
    logged
      .filter(({ to }) => to === "EXPIRED" || to === "FAILED")
      .map((e) => [`${e.signalId} ${e.day}`, e.reason]),
  );
  let [pairs, kept, lost] = [0, 0, 0];
  for (const [i, { open }] of days.entries()) {
    const next = days[i + 1];
    const ids = new Set(next?.open.map(({ id }) => id));
    for (const { id } of next === undefined ? [] : open) {
      pairs += 1;
      kept += ids.has(id) ? 1 : 0;
      const reason = end.get(`${id} ${next?.day}`) ?? "none";
      lost += !ids.has(id) && /^(?:left_scan|superseded|none)/u.test(reason) ? 1 : 0;
    }
  }
  const listed = days.flatMap(({ open }) => open);
  const reasons = (reason: string): number => logged.filter((event) => event.reason === reason).length;
  return {
    sessions: days.length,
    names: spreadOf(days.map(({ open }) => open.length)),
    waiting: spreadOf(days.map(({ open }) => open.filter(({ state }) => isPreTrigger(state)).length)),
    survival: { all: kept / pairs, unended: kept / (kept + lost), graded: gradedSurvival(days), pairs },
    ids: new Set(listed.map(({ id }) => id)).size,
    birthsADay: logged.filter(({ from }) => from === null).length / days.length,
    triggered: reasons("triggered") + reasons("new_breakout"),
    revisions: reasons("revised"),
    reopenings: reasons("relisted"),
    rebased: reasons("rebased"),
    ends: counted([...end.values()]),
    grades: counted(listed.map(({ grade, state }) => `${grade} ${isPreTrigger(state) ? "before" : "after"}`)),
  };
}
