/** The series and scales of the annotated chart, and their colours. Beside `vcp-chart.ts`, which is what may change in it. */
import {
  CandlestickSeries,
  ColorType,
  createChart,
  HistogramSeries,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  PriceScaleMode,
} from "lightweight-charts";
import type { ChartData } from "./chart-data.ts";
import { type ChartLook, faded } from "./chart-look.ts";
import type { Range } from "./data/cursor.ts";
import type { RsLine } from "./data/relative-strength.ts";
import { type DrawnMark, MarksPrimitive } from "./marks-primitive.ts";
import { type Pattern, VcpPrimitive } from "./vcp-primitive.ts";

/** What the chart writes itself, in the page's language. */
export interface ChartTexts {
  /** BCP 47. */
  readonly locale: string;
  readonly pivot: string;
  readonly stop: string;
  /** Of the line, which is no rank. */
  readonly rs: string;
  readonly now: string;
  readonly price: (value: number) => string;
  readonly volume: (value: number) => string;
  readonly points: (value: number) => string;
}

/** All that a chart is made from. */
export interface ChartScene {
  readonly data: ChartData;
  readonly range: Range;
  readonly isLog: boolean;
  /** `null`: candles only. */
  readonly pattern: Pattern | null;
  /** From left to right. */
  readonly marks: readonly DrawnMark[];
  /** `null`: no pane of its own. */
  readonly rs: RsLine | null;
  readonly texts: ChartTexts;
}

export interface Parts {
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<"Candlestick">;
  readonly volume: ISeriesApi<"Histogram">;
  readonly means: readonly ISeriesApi<"Line">[];
  readonly rs: { readonly line: ISeriesApi<"Line">; readonly high: ISeriesApi<"Line"> } | null;
  readonly pattern: VcpPrimitive | null;
  readonly marks: MarksPrimitive;
  readonly levels: readonly IPriceLine[];
}

/** By their place in the data: solid, thin, dashed, so that colour alone never distinguishes them. */
const MEAN_STYLES = [
  { lineStyle: LineStyle.Solid, lineWidth: 2, ink: "accent" },
  { lineStyle: LineStyle.Solid, lineWidth: 1, ink: "warn" },
  { lineStyle: LineStyle.Dashed, lineWidth: 1, ink: "muted" },
] as const;

/** Shares of the candles' pane: over them is room for three rows of labels, under them for the marks. */
const MARGINS = { labels: 0.2, top: 0.06, bottom: 0.1 } as const;

/** Heights of the panes in relation to each other. */
const HEIGHTS = { candles: 3, volume: 0.8, rs: 0.65 } as const;

function chartOptions(look: ChartLook, texts: ChartTexts): Parameters<IChartApi["applyOptions"]>[0] {
  const line = { color: faded(look.border, 0.6) };
  return {
    layout: {
      // The logo brings an inline style, which the policy forbids; the attribution stands as a link beneath the chart.
      attributionLogo: false,
      background: { type: ColorType.Solid, color: look.surface },
      textColor: look.muted,
      fontFamily: look.font,
      fontSize: 12,
      panes: { separatorColor: look.border, enableResize: false },
    },
    grid: { vertLines: { visible: false }, horzLines: line },
    rightPriceScale: { borderVisible: false, entireTextOnly: true },
    timeScale: { borderColor: look.border, minBarSpacing: 1, fixLeftEdge: true },
    localization: { locale: texts.locale, dateFormat: "yyyy-MM-dd" },
    // A vertical swipe scrolls the page.
    handleScroll: { vertTouchDrag: false },
    handleScale: { axisPressedMouseMove: { price: false, time: true } },
  };
}

/** Titles beside the scale are price lines without a line: only those are kept apart from each other. */
function addLevels(
  candles: ISeriesApi<"Candlestick">,
  pattern: Pattern,
  texts: ChartTexts,
): readonly IPriceLine[] {
  return [
    candles.createPriceLine({ price: pattern.pivot, lineVisible: false, title: texts.pivot }),
    candles.createPriceLine({ price: pattern.stop, lineVisible: false, title: texts.stop }),
  ];
}

/** A format of the whole chart would print volumes as prices, so each series has its own. */
function custom(
  formatter: (value: number) => string,
  minMove = 1,
): { readonly type: "custom"; readonly minMove: number; readonly formatter: (value: number) => string } {
  return { type: "custom", minMove, formatter };
}

const BARE = { lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false } as const;

function addMeans(chart: IChartApi, data: ChartData): Parts["means"] {
  return data.means.map(() =>
    // Outside the scale: a mean far below would press the pattern against the top.
    chart.addSeries(LineSeries, { ...BARE, autoscaleInfoProvider: () => null }),
  );
}

function addRs(chart: IChartApi, texts: ChartTexts): NonNullable<Parts["rs"]> {
  const priceFormat = custom(texts.points, 0.1);
  const line = chart.addSeries(
    LineSeries,
    { ...BARE, priceFormat, lastValueVisible: true, title: texts.rs },
    2,
  );
  // A series of one point: a marker of the library would cost more code than the whole line.
  const high = chart.addSeries(
    LineSeries,
    { ...BARE, priceFormat, pointMarkersVisible: true, pointMarkersRadius: 4 },
    2,
  );
  chart.panes()[2]?.setStretchFactor(HEIGHTS.rs);
  return { line, high };
}

/** Whether the parts of one scene can draw another: in the same panes, and in the same language. */
export function canDraw(before: ChartScene, next: ChartScene): boolean {
  return (
    before.texts === next.texts &&
    before.data.means.length === next.data.means.length &&
    (before.rs === null) === (next.rs === null) &&
    (before.pattern === null) === (next.pattern === null)
  );
}

/** What a scene has of its own; the volumes come with their colours. */
function fillParts(parts: Parts, { data, pattern, marks, rs, isLog }: ChartScene): void {
  parts.candles.setData([...data.candles]);
  parts.candles.priceScale().applyOptions({
    mode: isLog ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal,
  });
  parts.means.forEach((series, nth) => {
    series.setData([...(data.means[nth]?.points ?? [])]);
  });
  if (rs) {
    parts.rs?.line.setData([...rs.points]);
    parts.rs?.high.setData(rs.high === null ? [] : [{ time: rs.high.time, value: rs.high.value }]);
  }
  parts.levels.forEach((level, nth) => {
    level.applyOptions({ price: (nth === 0 ? pattern?.pivot : pattern?.stop) ?? Number.NaN });
  });
  parts.marks.show(marks);
}

/** Everything but the colours and the volumes. */
export function buildParts(host: HTMLElement, scene: ChartScene, look: ChartLook): Parts {
  const { data, pattern, texts } = scene;
  const chart = createChart(host, { autoSize: true, ...chartOptions(look, texts) });
  const candles = chart.addSeries(CandlestickSeries, {
    priceFormat: custom(texts.price),
    lastValueVisible: false,
    priceLineVisible: false,
  });
  candles.priceScale().applyOptions({
    scaleMargins: { top: pattern ? MARGINS.labels : MARGINS.top, bottom: MARGINS.bottom },
  });
  const volume = chart.addSeries(HistogramSeries, { ...BARE, priceFormat: custom(texts.volume) }, 1);
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.12, bottom: 0 } });
  chart.panes()[0]?.setStretchFactor(HEIGHTS.candles);
  chart.panes()[1]?.setStretchFactor(HEIGHTS.volume);
  const means = addMeans(chart, data);
  const rs = scene.rs && addRs(chart, texts);
  const primitive = pattern && new VcpPrimitive(pattern, look);
  if (primitive) {
    candles.attachPrimitive(primitive);
  }
  const marks = new MarksPrimitive(look);
  candles.attachPrimitive(marks);
  const levels = pattern ? addLevels(candles, pattern, texts) : [];
  const parts = { chart, candles, volume, means, rs, pattern: primitive, marks, levels };
  fillParts(parts, scene);
  return parts;
}

/** Of a volume, by the direction of its candle; the running session's is paler. */
export function volumeColour(look: ChartLook, isUp: boolean, isProvisional: boolean): string {
  return faded(isUp ? look.up : look.down, isProvisional ? 0.25 : 0.55);
}

/** Sets the final volumes anew: a histogram has its colours in its data. */
export function paintVolume(volume: Parts["volume"], { data }: ChartScene, look: ChartLook): void {
  volume.setData(
    data.volumes.map(({ time, value, isUp }) => ({ time, value, color: volumeColour(look, isUp, false) })),
  );
}

/** A base that is not listed has paler levels. */
function paintLevels({ levels }: Parts, { pattern }: ChartScene, look: ChartLook): void {
  const ink = pattern?.isFaded ? look.muted : look.text;
  for (const level of levels) {
    level.applyOptions({ axisLabelColor: ink, axisLabelTextColor: look.surface });
  }
}

/** What another scene has of its own, in the colours that the parts have. */
export function refillParts(parts: Parts, scene: ChartScene, look: ChartLook): void {
  fillParts(parts, scene);
  paintVolume(parts.volume, scene, look);
  if (scene.pattern) {
    parts.pattern?.set(scene.pattern, look);
  }
  paintLevels(parts, scene, look);
}

/** Colours alone, at first and after every change of theme or palette. */
export function paintParts(parts: Parts, scene: ChartScene, look: ChartLook): void {
  const { pattern, texts } = scene;
  const { up, down } = look;
  parts.chart.applyOptions(chartOptions(look, texts));
  parts.candles.applyOptions({
    upColor: up,
    downColor: down,
    borderUpColor: up,
    borderDownColor: down,
    wickUpColor: up,
    wickDownColor: down,
  });
  paintVolume(parts.volume, scene, look);
  parts.means.forEach((series, nth) => {
    const { ink, ...style } = MEAN_STYLES[nth % MEAN_STYLES.length] ?? MEAN_STYLES[0];
    series.applyOptions({ ...style, color: look[ink] });
  });
  parts.rs?.line.applyOptions({ color: look.muted, lineWidth: 2 });
  parts.rs?.high.applyOptions({ color: look.accent });
  paintLevels(parts, scene, look);
  if (pattern) {
    parts.pattern?.set(pattern, look);
  }
  parts.marks.set(look);
}
