/** Bars that run through a signal's own highs and lows, so that the drawn pattern can be judged by eye. */
import { latinName } from "../../worker/protocol/romanise.ts";
import type { ChartBody } from "../../worker/protocol/rest/chart.ts";
import type { SignalDetail } from "../../worker/protocol/rest/signal.ts";

type Bar = ChartBody["bars"][number];

/** Weekdays up to `last`, oldest first. */
function weekdays(last: string, count: number): readonly string[] {
  const days: string[] = [];
  for (let at = Date.parse(last); days.length < count; at -= 86_400_000) {
    const date = new Date(at);
    if (date.getUTCDay() % 6 !== 0) {
      days.push(date.toISOString().slice(0, 10));
    }
  }
  return days.toReversed();
}

interface Knot {
  readonly index: number;
  readonly price: number;
}

/** Straight between two knots. */
function priceAt(knots: readonly Knot[], index: number): number {
  const after = knots.find((knot) => knot.index >= index) ?? knots.at(-1);
  const before = knots.findLast((knot) => knot.index <= index) ?? knots[0];
  if (!after || !before || after.index === before.index) {
    return after?.price ?? before?.price ?? 0;
  }
  return (
    before.price + ((after.price - before.price) * (index - before.index)) / (after.index - before.index)
  );
}

/** The same share of one for the same number, spread as if by chance. */
function spread(n: number): number {
  return Math.abs(Math.sin(n * 12.9898) * 43_758.5453) % 1;
}

/** What the bars run through. */
type Charted = Pick<
  SignalDetail,
  "exchange" | "ticker" | "name" | "applied_on" | "contractions" | "pivot" | "current_price"
>;

/** Two years of bars; one day in the middle has no trading. */
export function chartOf(detail: Charted): ChartBody {
  const days = weekdays(detail.applied_on, 480);
  const at = (day: string): number => days.findIndex((one) => one >= day);
  const knots: Knot[] = [
    { index: 0, price: detail.pivot * 0.42 },
    { index: 200, price: detail.pivot * 0.6 },
    { index: 330, price: detail.pivot * 0.66 },
    ...detail.contractions.flatMap((leg) => [
      { index: at(leg.high_date), price: leg.high },
      { index: at(leg.low_date), price: leg.low },
    ]),
    { index: days.length - 1, price: detail.current_price ?? detail.pivot },
  ];
  const bars = days.map((date, i): Bar => {
    if (i === 250) {
      return { date, open: null, high: null, low: null, close: Math.round(priceAt(knots, i)), volume: 0 };
    }
    const mid = priceAt(knots, i);
    const swing = mid * 0.006;
    const open = Math.round(mid + (spread(5 * i) - 0.5) * swing);
    const close = Math.round(mid + (spread(5 * i + 1) - 0.5) * swing);
    const high = Math.round(Math.max(open, close) + spread(5 * i + 2) * swing * 0.4);
    const low = Math.round(Math.min(open, close) - spread(5 * i + 3) * swing * 0.4);
    return { date, open, high, low, close, volume: Math.round(4e6 + spread(5 * i + 4) * 12e6) };
  });
  return {
    exchange: detail.exchange,
    ticker: detail.ticker,
    name: detail.name,
    ...latinName(detail.name, null),
    period: "2y",
    as_of: detail.applied_on,
    bars,
    events: [],
    index: { code: "KOSPI", closes: days.map((_, i) => 2_400 + 1.1 * i + 60 * Math.sin(i / 30)) },
  };
}
