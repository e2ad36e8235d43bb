/** The annotated chart: candles, volume, means and the pattern. This file and the library behind it load only where a chart is. */
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
} from "lightweight-charts";
import type { ChartData } from "./chart-data.ts";
import { type ChartLook, faded } from "./chart-look.ts";
import { type Pattern, VcpPrimitive } from "./vcp-primitive.ts";

/** What the chart writes itself, in the page's language. */
export interface ChartTexts {
  /** BCP 47. */
  readonly locale: string;
  readonly pivot: string;
  readonly stop: string;
  readonly now: string;
  readonly price: (value: number) => string;
  readonly volume: (value: number) => string;
}

/** All that a chart is made from; another scene is another chart. */
export interface ChartScene {
  readonly data: ChartData;
  readonly range: { readonly from: number; readonly to: number };
  /** `null`: candles only. */
  readonly pattern: Pattern | null;
  readonly texts: ChartTexts;
}

/** What may change in a drawn chart without drawing it anew. */
export interface VcpChart {
  look(look: ChartLook): void;
  /** The live price as a line; `null` takes it away. */
  price(value: number | null): void;
  /** `null` when the pointer is not on a day. */
  onHover(listener: (day: string | null) => void): void;
  remove(): void;
}

/** By their place in the data: solid, thin, dashed, so that colour alone never distinguishes them. */
const MEAN_STYLES = [
  { lineStyle: LineStyle.Solid, lineWidth: 2, ink: "accent" },
  { lineStyle: LineStyle.Solid, lineWidth: 1, ink: "warn" },
  { lineStyle: LineStyle.Dashed, lineWidth: 1, ink: "muted" },
] as const;

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
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.12, bottom: 0.06 } },
    timeScale: { borderColor: look.border, minBarSpacing: 1, fixLeftEdge: true },
    localization: { locale: texts.locale, dateFormat: "yyyy-MM-dd" },
    // The wheel and a vertical swipe scroll the page.
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false, axisPressedMouseMove: { price: false, time: true } },
  };
}

interface Parts {
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<"Candlestick">;
  readonly volume: ISeriesApi<"Histogram">;
  readonly means: readonly ISeriesApi<"Line">[];
  readonly pattern: VcpPrimitive | null;
  readonly levels: readonly IPriceLine[];
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
function custom(formatter: (value: number) => string): {
  readonly type: "custom";
  readonly minMove: number;
  readonly formatter: (value: number) => string;
} {
  return { type: "custom", minMove: 1, formatter };
}

function build(host: HTMLElement, { data, pattern, texts }: ChartScene, look: ChartLook): Parts {
  const chart = createChart(host, { autoSize: true, ...chartOptions(look, texts) });
  const candles = chart.addSeries(CandlestickSeries, {
    priceFormat: custom(texts.price),
    lastValueVisible: false,
    priceLineVisible: false,
  });
  candles.setData([...data.candles]);
  const volume = chart.addSeries(
    HistogramSeries,
    { priceFormat: custom(texts.volume), lastValueVisible: false, priceLineVisible: false },
    1,
  );
  chart.panes()[1]?.setStretchFactor(0.32);
  const means = data.means.map(({ points }) => {
    const series = chart.addSeries(LineSeries, {
      lastValueVisible: false,
      priceLineVisible: false,
      crosshairMarkerVisible: false,
      // Outside the scale: a mean far below would press the pattern against the top.
      autoscaleInfoProvider: () => null,
    });
    series.setData([...points]);
    return series;
  });
  const primitive = pattern && new VcpPrimitive(pattern, look);
  if (primitive) {
    candles.attachPrimitive(primitive);
  }
  const levels = pattern ? addLevels(candles, pattern, texts) : [];
  return { chart, candles, volume, means, pattern: primitive, levels };
}

function paint(parts: Parts, { data, pattern, texts }: ChartScene, look: ChartLook): void {
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
  parts.volume.setData(
    data.volumes.map(({ time, value, isUp }) => ({ time, value, color: faded(isUp ? up : down, 0.55) })),
  );
  parts.means.forEach((series, nth) => {
    const { ink, ...style } = MEAN_STYLES[nth % MEAN_STYLES.length] ?? MEAN_STYLES[0];
    series.applyOptions({ ...style, color: look[ink] });
  });
  for (const level of parts.levels) {
    const ink = pattern?.isFaded ? look.muted : look.text;
    level.applyOptions({ axisLabelColor: ink, axisLabelTextColor: look.surface });
  }
  if (pattern) {
    parts.pattern?.set(pattern, look);
  }
}

/** Draws into `host`, which has a height of its own. */
export function makeVcpChart(host: HTMLElement, scene: ChartScene, look: ChartLook): VcpChart {
  const parts = build(host, scene, look);
  let worn = look;
  let now: IPriceLine | null = null;
  paint(parts, scene, look);
  parts.chart.timeScale().setVisibleLogicalRange({ ...scene.range });

  return {
    look: (next) => {
      worn = next;
      paint(parts, scene, next);
      now?.applyOptions({
        color: worn.accent,
        axisLabelColor: worn.accent,
        axisLabelTextColor: worn.surface,
      });
    },
    price: (value) => {
      if (value === null) {
        if (now) {
          parts.candles.removePriceLine(now);
        }
        now = null;
        return;
      }
      now ??= parts.candles.createPriceLine({
        price: value,
        title: scene.texts.now,
        lineStyle: LineStyle.Dotted,
        lineWidth: 1,
        color: worn.accent,
        axisLabelColor: worn.accent,
        axisLabelTextColor: worn.surface,
      });
      now.applyOptions({ price: value });
    },
    onHover: (listener) => {
      parts.chart.subscribeCrosshairMove(({ time }) => {
        listener(typeof time === "string" ? time : null);
      });
    },
    remove: () => {
      parts.chart.remove();
    },
  };
}
