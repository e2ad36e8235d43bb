/** The annotated chart: candles, volume, means and the pattern. This file and the library behind it load only where a chart is. */
import { type IPriceLine, LineStyle } from "lightweight-charts";
import type { Candle, Gap } from "./chart-data.ts";
import type { ChartLook } from "./chart-look.ts";
import {
  buildParts,
  canDraw,
  type ChartScene,
  paintParts,
  paintVolume,
  type Parts,
  refillParts,
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
  /** In place of the scene before, without a running bar; `false` where that needs another chart, and nothing is changed then. */
  show(scene: ChartScene): boolean;
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
  scene: () => ChartScene,
): {
  readonly draw: (next: Pick<LiveBar, "candle" | "volume">, look: ChartLook) => void;
  /** The series hold final bars alone again. */
  readonly forget: () => void;
} {
  let shown: string | null = null;
  return {
    draw: ({ candle, volume: traded }, look) => {
      if (shown !== null && shown !== candle?.time) {
        candles.setData([...scene().data.candles]);
        paintVolume(volume, scene(), look);
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
    },
    forget: () => {
      shown = null;
    },
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

function makeHover({ chart }: Parts): VcpChart["onHover"] {
  return (listener) => {
    chart.subscribeCrosshairMove(({ time, point, sourceEvent }) => {
      // Without an event the scales have moved under a crosshair that stays where it was.
      if (sourceEvent !== undefined || point === undefined) {
        listener(typeof time === "string" ? time : null);
      }
    });
  };
}

const NOTHING_LIVE: LiveBar = { price: null, candle: null, volume: null };

/** Draws into `host`, which has a height of its own. */
export function makeVcpChart(host: HTMLElement, first: ChartScene, look: ChartLook): VcpChart {
  let scene = first;
  const parts = buildParts(host, scene, look);
  const { chart } = parts;
  const scale = chart.timeScale();
  const drawNow = makeNowLine(parts, scene.texts.now);
  const liveBar = makeLiveBar(parts, () => scene);
  const pointer = makePointer(parts);
  let worn = look;
  let shown = NOTHING_LIVE;
  let isOver = false;
  paintParts(parts, scene, look);
  scale.setVisibleLogicalRange({ ...scene.range });

  return {
    show: (next) => {
      if (!canDraw(scene, next)) {
        return false;
      }
      scene = next;
      pointer.point(null);
      liveBar.forget();
      shown = NOTHING_LIVE;
      refillParts(parts, next, worn);
      scale.setVisibleLogicalRange({ ...next.range });
      return true;
    },
    look: (next) => {
      worn = next;
      paintParts(parts, scene, next);
      drawNow(shown.price, next);
      liveBar.draw(shown, next);
    },
    live: (bar) => {
      const isNew = shown.candle?.time !== bar.candle?.time;
      shown = bar;
      drawNow(bar.price, worn);
      liveBar.draw(bar, worn);
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
    onHover: makeHover(parts),
    picture: () => chart.takeScreenshot(true, false),
    remove: () => {
      isOver = true;
      pointer.point(null);
      chart.remove();
    },
  };
}
