/** `/api/kr/performance/signals`: the signals behind a row of the outcomes, so that whoever doubts a figure can add it up. */
import * as v from "valibot";
import type { SignalOutcome } from "../../app/ports/outcome-store.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { LEAST_SAMPLE } from "../../core/outcome/sample-summary.ts";
import { formatDay, formatKst, percentOf, round4 } from "../../protocol/format.ts";
import type { LatinName } from "../../protocol/latin-name.ts";
import type { PerformanceSignal, PerformanceSignalsBody } from "../../protocol/rest/outcome-list.ts";
import type { PerformanceGroup } from "../../protocol/rest/performance.ts";
import type { PerformanceSignalsQuery } from "../../protocol/rest/query.ts";
import { decodeCursor, encodeCursor } from "../request/cursor.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";
import { shareNames } from "../request/share-names.ts";

type Query = v.InferOutput<typeof PerformanceSignalsQuery>;

/** Where a page ended: the day of the entry and the id of its last signal. */
const Place = v.strictTuple([
  v.pipe(v.number(), v.integer()),
  v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
]);
type Place = v.InferOutput<typeof Place>;

/** The latest entry first. */
function compare([a, one]: Place, [b, other]: Place): number {
  return b - a || (one < other ? -1 : one > other ? 1 : 0);
}

const placeOf = ({ enteredOn, signalId }: SignalOutcome): Place => [enteredOn, signalId];

/** In which group of a kind an outcome stands. */
export function outcomeKey({ grade, contractions, gate }: SignalOutcome, by: PerformanceGroup["by"]): string {
  switch (by) {
    case "all":
      return "all";
    case "grade":
      return grade;
    case "contractions":
      return String(contractions);
    case "gate":
      // Without a scan in the month before the gate was unknown as well.
      return gate ?? "UNKNOWN";
  }
}

/** One outcome a signal; of a signal that got no fill there may be one of another horizon only. */
function inRow(outcomes: readonly SignalOutcome[], { by, key, horizon }: Query): readonly SignalOutcome[] {
  if (by !== "fill") {
    return outcomes.filter(
      (one) => one.horizon === horizon && one.fill === "filled" && outcomeKey(one, by) === key,
    );
  }
  const own = outcomes.filter(({ fill }) => fill === key);
  const bySignal = new Map(own.map((one) => [one.signalId, one]));
  for (const one of own.filter((each) => each.horizon === horizon)) {
    bySignal.set(one.signalId, one);
  }
  return [...bySignal.values()];
}

function encodeResult({ result }: SignalOutcome): PerformanceSignal["result"] {
  return (
    result && {
      change_pct: percentOf(result.change),
      r: round4(result.r),
      best_pct: percentOf(result.best),
      worst_pct: percentOf(result.worst),
      touch: result.touch,
      baseline_pct: result.baseline === null ? null : percentOf(result.baseline),
    }
  );
}

function encodeSignal(
  outcome: SignalOutcome,
  horizon: Query["horizon"],
  name: LatinName & { readonly name: string },
): PerformanceSignal {
  return {
    signal_id: outcome.signalId,
    ticker: outcome.ticker,
    ...name,
    entered_on: formatTradingDay(outcome.enteredOn),
    grade: outcome.grade,
    contractions: outcome.contractions,
    gate: outcome.gate ?? "UNKNOWN",
    fill: outcome.fill,
    entry: outcome.entry,
    stop: outcome.stop,
    result: outcome.horizon === horizon ? encodeResult(outcome) : null,
  };
}

async function readOutcomes(
  ports: HttpPorts,
  exchange: Exchange,
  asked: string | undefined,
): Promise<{
  readonly version: string | null;
  readonly asOf: string | null;
  readonly outcomes: readonly SignalOutcome[];
}> {
  const measured = await ports.outcomes.measured(exchange);
  const version = asked ?? measured?.paramsVersion ?? null;
  const outcomes = version === null ? [] : await ports.outcomes.outcomes(exchange, version);
  return { version, asOf: formatDay(measured?.asOf ?? null), outcomes };
}

export async function listOutcomes(ports: HttpPorts, query: Query): Promise<PerformanceSignalsBody> {
  const after = decodeCursor(query.cursor, Place);
  const exchange = await chosenExchange(ports, query.exchange);
  const { version, asOf, outcomes } = await readOutcomes(ports, exchange, query.params_version);
  const all = inRow(outcomes, query).toSorted((a, b) => compare(placeOf(a), placeOf(b)));
  const rest = after === null ? all : all.filter((one) => compare(after, placeOf(one)) < 0);
  const shown = rest.slice(0, query.limit);
  const last = shown.at(-1);
  const nameOf = await shareNames(
    ports,
    exchange,
    shown.map(({ ticker }) => ticker),
  );
  const changes = all.flatMap(({ horizon, result }) =>
    result === null || horizon !== query.horizon ? [] : [result.change],
  );
  const sum = changes.reduce((total, change) => total + change, 0);
  return {
    exchange,
    params_version: version,
    as_of: asOf,
    by: query.by,
    key: query.key,
    horizon: query.horizon,
    count: all.length,
    closed: changes.length,
    mean_pct: changes.length < LEAST_SAMPLE ? null : percentOf(sum / changes.length),
    signals: shown.map((one) => encodeSignal(one, query.horizon, nameOf(one.ticker))),
    next_cursor: rest.length > shown.length && last ? encodeCursor(placeOf(last)) : null,
    generated_at: formatKst(ports.clock.now()),
  };
}
