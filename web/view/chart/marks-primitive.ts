/** Draws the marks of a share along the foot of its candles, each as a glyph on its day. */
import type {
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
} from "lightweight-charts";
import type { ChartLook } from "./chart-look.ts";
import { placeLabels } from "./data/label-rows.ts";

/** One glyph on its place of the time axis. */
export interface DrawnMark {
  readonly time: string;
  readonly glyph: string;
}

/** Pixels. */
const SIZE = 12;
const FOOT = 4;
const GAP = 1;

type Target = Parameters<IPrimitivePaneRenderer["draw"]>[0];

/** One drawing for all marks: with a marker of the library each, every update of the last bar would go through all of them. */
export class MarksPrimitive implements ISeriesPrimitive {
  #marks: readonly DrawnMark[] = [];
  #look: ChartLook;
  #at: SeriesAttachedParameter | null = null;
  readonly #views: readonly IPrimitivePaneView[];

  constructor(look: ChartLook) {
    this.#look = look;
    const renderer: IPrimitivePaneRenderer = {
      draw: (target) => {
        this.#draw(target);
      },
    };
    this.#views = [{ zOrder: () => "top", renderer: () => renderer }];
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

  /** `marks` from left to right. */
  show(marks: readonly DrawnMark[]): void {
    this.#marks = marks;
    this.#at?.requestUpdate();
  }

  set(look: ChartLook): void {
    this.#look = look;
    this.#at?.requestUpdate();
  }

  #draw(target: Target): void {
    const scale = this.#at?.chart.timeScale();
    if (scale === undefined) {
      return;
    }
    target.useMediaCoordinateSpace(({ context, mediaSize: { width, height } }) => {
      const shown = this.#marks.flatMap(({ time, glyph }) => {
        const x = scale.timeToCoordinate(time);
        return x === null || x < 0 || x > width ? [] : [{ center: x, width: SIZE, glyph }];
      });
      const placed = placeLabels(shown, width, GAP);
      context.font = `700 ${SIZE}px ${this.#look.font}`;
      context.textAlign = "center";
      context.textBaseline = "bottom";
      context.lineWidth = 3;
      context.strokeStyle = this.#look.surface;
      context.fillStyle = this.#look.muted;
      shown.forEach(({ glyph }, i) => {
        const { x, row } = placed[i] ?? { x: 0, row: 0 };
        const y = height - FOOT - row * SIZE;
        context.strokeText(glyph, x + SIZE / 2, y);
        context.fillText(glyph, x + SIZE / 2, y);
      });
      context.textAlign = "start";
    });
  }
}
