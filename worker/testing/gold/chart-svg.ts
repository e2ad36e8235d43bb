/** One chart as SVG text: what its judges saw, and over it what a law drew. */
import type { Columns } from "../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { escaped } from "../../research/report-charts.ts";
import type { JudgedBase } from "./labels.ts";
import type { Drawing } from "./law.ts";

export interface ChartPicture {
  readonly title: string;
  /** Up to and including the last day shown, oldest first, without halts. At least one. */
  readonly bars: Columns;
  /** `faded`: the law does not list it. */
  readonly drawing: Drawing | null;
  readonly faded: boolean;
  readonly judged: JudgedBase | null;
}

/** As many as the judges of the first labels saw. */
const BARS = 170;
const WIDTH = 920;
const HEIGHT = 460;
const LEFT = 8;
const RIGHT = 78;
const TOP = 34;
const PRICES_END = 350;
const VOLUMES_TOP = 366;
const VOLUMES_END = 440;
const MEANS = [
  [50, "#d08700"],
  [150, "#7a4fc9"],
  [200, "#6b7280"],
] as const;

/** Where days and prices stand. */
interface Frame {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly x: (bar: number) => number;
  readonly y: (price: number) => number;
}

const px = (value: number): string => value.toFixed(1);

function line(from: readonly [number, number], to: readonly [number, number], style: string): string {
  return `<line x1="${px(from[0])}" y1="${px(from[1])}" x2="${px(to[0])}" y2="${px(to[1])}" ${style}/>`;
}

function label(x: number, y: number, content: string, style = ""): string {
  return `<text x="${px(x)}" y="${px(y)}" ${style}>${escaped(content)}</text>`;
}

/** Prices on a logarithmic scale, so that equal falls are equally high; levels that are drawn are in view. */
function frameOf(bars: Columns, levels: readonly number[]): Frame {
  const n = bars.day.length;
  const first = Math.max(0, n - BARS);
  const shown = [...bars.high.slice(first), ...bars.low.slice(first), ...levels];
  const [least, most] = [Math.log(Math.min(...shown)), Math.log(Math.max(...shown))];
  const span = Math.max(most - least, 1e-6);
  const step = (WIDTH - LEFT - RIGHT) / BARS;
  return {
    first,
    last: n - 1,
    step,
    x: (bar) => LEFT + (bar - first + 0.5) * step,
    y: (price) => PRICES_END - ((PRICES_END - TOP - 10) * (Math.log(price) - least)) / span,
  };
}

/** The place of a day among the bars; a day without a bar counts as the next one. */
function placeOf(bars: Columns, day: TradingDay): number {
  const place = bars.day.findIndex((one) => one >= day);
  return place < 0 ? bars.day.length - 1 : place;
}

function placesIn({ first, last }: Frame): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

const at = (field: Float64Array, k: number): number => field[k] ?? Number.NaN;

function candles(bars: Columns, frame: Frame): string {
  return placesIn(frame)
    .map((k) => {
      const [open, close] = [at(bars.open, k), at(bars.close, k)];
      const colour = close >= open ? "#1a7f5a" : "#c0392b";
      const x = frame.x(k);
      const [top, bottom] = [frame.y(Math.max(open, close)), frame.y(Math.min(open, close))];
      const wick = line([x, frame.y(at(bars.high, k))], [x, frame.y(at(bars.low, k))], `stroke="${colour}"`);
      const width = frame.step * 0.64;
      return `${wick}<rect x="${px(x - width / 2)}" y="${px(top)}" width="${px(width)}" height="${px(Math.max(bottom - top, 0.8))}" fill="${colour}"/>`;
    })
    .join("");
}

function polyline(points: readonly (readonly [number, number])[], style: string): string {
  return `<polyline points="${points.map(([x, y]) => `${px(x)},${px(y)}`).join(" ")}" fill="none" ${style}/>`;
}

/** The mean of `span` values at each bar that has as many before it. */
function meansOf(
  values: Float64Array,
  span: number,
  frame: Frame,
): readonly (readonly [bar: number, mean: number])[] {
  return placesIn(frame)
    .filter((k) => k + 1 >= span)
    .map((k) => [k, values.subarray(k + 1 - span, k + 1).reduce((sum, x) => sum + x, 0) / span]);
}

/** A mean may lie outside the prices that are shown. */
const clipped = (y: number): number => Math.min(Math.max(y, TOP), PRICES_END);

function averages(bars: Columns, frame: Frame): string {
  return MEANS.map(([span, colour]) => {
    const points = meansOf(bars.close, span, frame).map(
      ([k, mean]) => [frame.x(k), clipped(frame.y(mean))] as const,
    );
    return polyline(points, `stroke="${colour}" stroke-width="1.2"`);
  }).join("");
}

function volumes(bars: Columns, frame: Frame): string {
  const most = Math.max(1, ...bars.volume.slice(frame.first));
  const y = (volume: number): number =>
    VOLUMES_END - ((VOLUMES_END - VOLUMES_TOP) * Math.min(volume, most)) / most;
  const columns = placesIn(frame)
    .map((k) =>
      line(
        [frame.x(k), VOLUMES_END],
        [frame.x(k), y(bars.volume[k] ?? 0)],
        `stroke="#9aa4b2" stroke-width="${px(frame.step * 0.64)}"`,
      ),
    )
    .join("");
  const mean = meansOf(bars.volume, 50, frame).map(([k, volume]) => [frame.x(k), y(volume)] as const);
  return columns + polyline(mean, `stroke="#2563eb" stroke-width="1.2"`);
}

/** Room of a month's name. */
const MONTH_WIDTH = 44;

/** The first bar of each month; a name that would lie over the one before it is left out. */
function months(bars: Columns, frame: Frame): string {
  const monthOf = (k: number): string => formatTradingDay(dayAt(bars, k)).slice(0, 7);
  let free = LEFT;
  return placesIn(frame)
    .filter((k) => k > frame.first && monthOf(k) !== monthOf(k - 1))
    .map((k) => {
      const x = frame.x(k);
      const named = x >= free;
      free = named ? x + MONTH_WIDTH : free;
      const name = named ? label(x + 2, HEIGHT - 6, monthOf(k), `fill="#6b7280"`) : "";
      return line([x, TOP], [x, VOLUMES_END], `stroke="#eceff3"`) + name;
    })
    .join("");
}

function dayAt(bars: Columns, k: number): TradingDay {
  return tradingDayOf(bars.day[k] ?? Number.NaN);
}

/** A level from a bar to the right edge, named beside it. */
function level(frame: Frame, from: number, price: number, name: string, style: string): string {
  const y = frame.y(price);
  const end = WIDTH - RIGHT;
  return (
    line([frame.x(Math.max(from, frame.first)), y], [end, y], style) +
    label(end + 3, y + 4, `${name} ${priceText(price)}`, `fill="#111"`)
  );
}

const priceText = (price: number): string => String(Number(price.toPrecision(6)));

function drawn(bars: Columns, frame: Frame, { drawing, faded }: ChartPicture): string {
  if (drawing === null) {
    return "";
  }
  const points = drawing.legs.flatMap((leg) => [
    [placeOf(bars, leg.highDay), leg.high] as const,
    [placeOf(bars, leg.lowDay), leg.low] as const,
  ]);
  const path = polyline(
    points.map(([k, price]) => [frame.x(k), frame.y(price)] as const),
    `stroke="#1d4ed8" stroke-width="2.2"`,
  );
  const depths = drawing.legs.map((leg) => {
    const text = `${(100 * (1 - leg.low / leg.high)).toFixed(1)} %`;
    return label(
      frame.x(placeOf(bars, leg.lowDay)),
      frame.y(leg.low) + 14,
      text,
      `fill="#1d4ed8" text-anchor="middle"`,
    );
  });
  const start = frame.x(Math.max(placeOf(bars, drawing.start), frame.first));
  const lastHigh = points.at(-2)?.[0] ?? frame.first;
  return [
    `<g class="law" opacity="${faded ? 0.4 : 1}">`,
    line([start, TOP], [start, PRICES_END], `stroke="#1d4ed8" stroke-width="1.2"`),
    path,
    ...depths,
    level(frame, lastHigh, drawing.pivot, "P", `stroke="#1d4ed8" stroke-width="1.4"`),
    drawing.stop === null
      ? ""
      : level(frame, lastHigh, drawing.stop, "S", `stroke="#c0392b" stroke-width="1.4"`),
    "</g>",
  ].join("");
}

/** The judges' base, dashed, its pivot named at the left: the law's is named at the right, and the two are often close. */
function judgedMarks(bars: Columns, frame: Frame, judged: JudgedBase | null): string {
  const style = `stroke="#0f766e" stroke-width="1.4" stroke-dasharray="6 4"`;
  const [start, pivot] = [judged?.start ?? null, judged?.pivot ?? null];
  const x = start === null ? LEFT : frame.x(Math.max(placeOf(bars, start), frame.first));
  const marks = [start === null ? "" : line([x, TOP], [x, PRICES_END], style)];
  if (pivot !== null) {
    const y = frame.y(pivot);
    marks.push(line([x, y], [WIDTH - RIGHT, y], style));
    marks.push(label(x - 4, y - 4, `J ${priceText(pivot)}`, `fill="#0f766e" text-anchor="end"`));
  }
  return `<g class="judges">${marks.join("")}</g>`;
}

/** Legs, base start, pivot (P) and stop (S) of the law in blue and red; base start and pivot (J) of the judges dashed. */
export function chartSvg(picture: ChartPicture): string {
  const { title, bars, drawing, judged } = picture;
  const levels = [drawing?.pivot, drawing?.stop, judged?.pivot].filter((x) => x !== null && x !== undefined);
  const frame = frameOf(bars, levels);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="sans-serif" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    label(LEFT, 20, title, `font-size="14" font-weight="bold" fill="#111"`),
    months(bars, frame),
    volumes(bars, frame),
    averages(bars, frame),
    candles(bars, frame),
    judgedMarks(bars, frame, judged),
    drawn(bars, frame, picture),
    "</svg>\n",
  ].join("\n");
}
