/** The annotated chart: candles, volume, means and the pattern. This file and the library behind it load only where a chart is. */
import { type IPriceLine, LineStyle } from "lightweight-charts";
import type { Candle, Gap } from "./chart-data.ts";
import type { ChartLook } from "./chart-look.ts";
import {
  buildParts,
  type ChartScene,
  paintParts,
  paintVolume,
  type Parts,
  volumeColour,
} from "./chart-parts.ts";
import type { Range } from "./data/cursor.ts";

export type { ChartScene } from "./chart-parts.ts";

/** What moves while a session runs. */
export interface LiveBar {
  /** `null` without a live price. */
  readonly price: number | null;
  /** The running day or week, as far as it is known; `null` when no bar of it is to be drawn. */
  readonly candle: Candle | Gap | null;
  /** `null` while it is not known. */
  readonly volume: number | null;
}

/** What may change in a drawn chart without drawing it anew. */
export interface VcpChart {
  look(look: ChartLook): void;
  live(bar: LiveBar): void;
  /** Points at a time of the axis and its price, without a word to the listener; `null` at none. */
  point(at: { readonly time: string; readonly price: number } | null): void;
  range(): Range;
  setRange(range: Range): void;
  /** Whether a time lies in the left half of what is in view. */
  isLeft(time: string): boolean;
  /** `null` when the pointer is not on a day. */
  onHover(listener: (time: string | null) => void): void;
  /** What is drawn now, without the crosshair. */
  picture(): HTMLCanvasElement;
  remove(): void;
}

/** The live price as a line; `null` takes it away. */
function makeNowLine({ candles }: Parts, title: string): (price: number | null, look: ChartLook) => void {
  let line: IPriceLine | null = null;
  return (price, look) => {
    if (price === null) {
      if (line) {
        candles.removePriceLine(line);
      }
      line = null;
      return;
    }
    const ink = { color: look.accent, axisLabelColor: look.accent, axisLabelTextColor: look.surface };
    line ??= candles.createPriceLine({ price, title, lineStyle: LineStyle.Dotted, lineWidth: 1 });
    line.applyOptions({ price, ...ink });
  };
}

/** The running bar on the series: hollow and pale, because what is not final looks so. */
function makeLiveBar(
  { candles, volume }: Parts,
  scene: ChartScene,
): (next: Pick<LiveBar, "candle" | "volume">, look: ChartLook) => void {
  let shown: string | null = null;
  return ({ candle, volume: traded }, look) => {
    if (shown !== null && shown !== candle?.time) {
      candles.setData([...scene.data.candles]);
      paintVolume(volume, scene, look);
    }
    shown = candle?.time ?? null;
    if (candle === null) {
      return;
    }
    candles.update("close" in candle ? { ...candle, color: look.surface } : candle);
    if (traded !== null) {
      const isUp = !("close" in candle) || candle.close >= candle.open;
      volume.update({ time: candle.time, value: traded, color: volumeColour(look, isUp, true) });
    }
  };
}

/** Points at a bar, and again after a new one: it moves the scale with the next frame, and the crosshair would stay on the screen. */
function makePointer({ chart, candles }: Parts): {
  readonly point: VcpChart["point"];
  readonly again: () => void;
} {
  let pointed: Parameters<VcpChart["point"]>[0] = null;
  const point: VcpChart["point"] = (at) => {
    pointed = at;
    if (at === null) {
      chart.clearCrosshairPosition();
    } else {
      chart.setCrosshairPosition(at.price, at.time, candles);
    }
  };
  return {
    point,
    again: () => {
      requestAnimationFrame(() => {
        if (pointed !== null) {
          point(pointed);
        }
      });
    },
  };
}

/** Draws into `host`, which has a height of its own. */
export function makeVcpChart(host: HTMLElement, scene: ChartScene, look: ChartLook): VcpChart {
  const parts = buildParts(host, scene, look);
  const { chart } = parts;
  const scale = chart.timeScale();
  const drawNow = makeNowLine(parts, scene.texts.now);
  const drawBar = makeLiveBar(parts, scene);
  const pointer = makePointer(parts);
  let worn = look;
  let shown: LiveBar = { price: null, candle: null, volume: null };
  let isOver = false;
  paintParts(parts, scene, look);
  scale.setVisibleLogicalRange({ ...scene.range });

  return {
    look: (next) => {
      worn = next;
      paintParts(parts, scene, next);
      drawNow(shown.price, next);
      drawBar(shown, next);
    },
    live: (bar) => {
      const isNew = shown.candle?.time !== bar.candle?.time;
      shown = bar;
      drawNow(bar.price, worn);
      drawBar(bar, worn);
      if (isNew) {
        pointer.again();
      }
    },
    point: (at) => {
      if (!isOver) {
        pointer.point(at);
      }
    },
    range: () => scale.getVisibleLogicalRange() ?? scene.range,
    setRange: (range) => {
      scale.setVisibleLogicalRange({ ...range });
    },
    isLeft: (time) => (scale.timeToCoordinate(time) ?? 0) < scale.width() / 2,
    onHover: (listener) => {
      chart.subscribeCrosshairMove(({ time, point, sourceEvent }) => {
        // Without an event the scales have moved under a crosshair that stays where it was.
        if (sourceEvent !== undefined || point === undefined) {
          listener(typeof time === "string" ? time : null);
        }
      });
    },
    picture: () => chart.takeScreenshot(true, false),
    remove: () => {
      isOver = true;
      pointer.point(null);
      chart.remove();
    },
  };
}
