/**
 * Draws the pattern on the candles: a box a contraction with its depth, the pivot solid, the stop dashed. Neutral ink, because
 * not every eye distinguishes one more hue beside red and blue candles.
 */
import type {
  AutoscaleInfo,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
} from "lightweight-charts";
import type { ChartLook } from "./chart-look.ts";
import { type Box, drawPattern, type PatternShape } from "./draw-pattern.ts";

/** One contraction by its days and prices. */
export interface Leg {
  readonly highDay: string;
  readonly high: number;
  readonly lowDay: string;
  readonly low: number;
  /** `1차 −15.0%`. */
  readonly label: string;
}

/** The base as it is drawn. */
export interface Pattern {
  readonly legs: readonly Leg[];
  readonly pivot: number;
  readonly stop: number;
  /** Of a base that is not listed: everything thinner and paler. */
  readonly isFaded: boolean;
}

type Target = Parameters<IPrimitivePaneRenderer["draw"]>[0];

/** Drawn inside the library's own canvas, so that the pattern moves with the candles and never lags behind them. */
export class VcpPrimitive implements ISeriesPrimitive {
  #pattern: Pattern;
  #look: ChartLook;
  #at: SeriesAttachedParameter | null = null;
  readonly #views: readonly IPrimitivePaneView[];

  constructor(pattern: Pattern, look: ChartLook) {
    this.#pattern = pattern;
    this.#look = look;
    const renderer: IPrimitivePaneRenderer = {
      draw: (target) => {
        this.#draw(target);
      },
    };
    this.#views = [{ zOrder: () => "bottom", renderer: () => renderer }];
  }

  attached(at: SeriesAttachedParameter): void {
    this.#at = at;
  }

  detached(): void {
    this.#at = null;
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  /** Pivot, stop and boxes are always on the scale. */
  autoscaleInfo(): AutoscaleInfo {
    const { legs, pivot, stop } = this.#pattern;
    const prices = [pivot, stop, ...legs.flatMap(({ high, low }) => [high, low])];
    return { priceRange: { minValue: Math.min(...prices), maxValue: Math.max(...prices) } };
  }

  set(pattern: Pattern, look: ChartLook): void {
    this.#pattern = pattern;
    this.#look = look;
    this.#at?.requestUpdate();
  }

  #draw(target: Target): void {
    const shape = this.#shape();
    if (shape !== null) {
      target.useMediaCoordinateSpace(({ context, mediaSize }) => {
        drawPattern(context, mediaSize.width, shape, this.#look);
      });
    }
  }

  /** Where everything lies on the canvas now; `null` while the chart has no coordinates. */
  #shape(): PatternShape | null {
    const at = this.#at;
    const { legs, pivot, stop, isFaded } = this.#pattern;
    const pivotY = at?.series.priceToCoordinate(pivot) ?? null;
    const stopY = at?.series.priceToCoordinate(stop) ?? null;
    if (at === null || pivotY === null || stopY === null) {
      return null;
    }
    const boxes = legs.flatMap((leg): readonly Box[] => {
      const left = at.chart.timeScale().timeToCoordinate(leg.highDay);
      const right = at.chart.timeScale().timeToCoordinate(leg.lowDay);
      const top = at.series.priceToCoordinate(leg.high);
      const bottom = at.series.priceToCoordinate(leg.low);
      return left === null || right === null || top === null || bottom === null
        ? []
        : [{ left, right, top, bottom, label: leg.label }];
    });
    return { boxes, pivotY, stopY, isFaded };
  }
}
