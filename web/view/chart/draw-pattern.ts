/** The strokes of a pattern on a canvas, in the pixels of the page. */
import type { ChartLook } from "./chart-look.ts";
import { placeLabels } from "./data/label-rows.ts";

/** Pixels of the chart's own area. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly label: string;
}

/** The pattern placed on the present scales; computed anew with every move of them. */
export interface PatternShape {
  readonly boxes: readonly Box[];
  readonly pivotY: number;
  readonly stopY: number;
  /** Of a base that is not listed. */
  readonly isFaded: boolean;
}

const FILLS = [0.09, 0.05] as const;
const DASH = [6, 4] as const;
const DOTS = [2, 3] as const;
const SOLID = [] as const;
/** Pixels of the ring at the left-side high. */
const START_RADIUS = 3.5;
/** Pixels between two labels, and between a label's line and its high. */
const LABEL_GAP = 6;
const LABEL_HEIGHT = 14;

/** How a pattern is drawn; a base that is not listed in a paler ink and with dots. */
interface Stroke {
  readonly ink: string;
  readonly dash: readonly number[];
}

/** The middle of a pixel: lines stay sharp. */
function crisp(y: number): number {
  return Math.round(y) + 0.5;
}

function labelTop(row: number): number {
  return 2 + row * LABEL_HEIGHT;
}

function drawBox(context: CanvasRenderingContext2D, box: Box, nth: number, { ink, dash }: Stroke): void {
  const { left, right, top, bottom } = box;
  context.fillStyle = ink;
  context.strokeStyle = ink;
  context.globalAlpha = FILLS[nth % 2] ?? FILLS[0];
  context.fillRect(left, top, Math.max(1, right - left), bottom - top);
  context.globalAlpha = 0.45;
  context.lineWidth = 1;
  context.setLineDash([...dash]);
  context.beginPath();
  context.moveTo(left, top);
  context.lineTo(right, bottom);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The left-side high, at which the base begins: a ring on it, and its height as a thin line up to the levels. */
function drawStart(
  context: CanvasRenderingContext2D,
  box: Box,
  to: number,
  ink: string,
  surface: string,
): void {
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.globalAlpha = 0.6;
  context.setLineDash([...DOTS]);
  context.beginPath();
  context.moveTo(box.left, crisp(box.top));
  context.lineTo(to, crisp(box.top));
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.fillStyle = surface;
  context.beginPath();
  context.arc(box.left, box.top, START_RADIUS, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/**
 * The labels stand in rows over the candles, none over another; a thin line leads from each to its high. One whose box is
 * out of view is left out.
 */
function drawLabels(
  context: CanvasRenderingContext2D,
  width: number,
  all: readonly Box[],
  { ink, surface, font }: { readonly ink: string; readonly surface: string; readonly font: string },
): void {
  context.font = `600 12px ${font}`;
  context.textBaseline = "top";
  context.lineJoin = "round";
  const boxes = all
    .filter(({ left, right }) => right >= 0 && left <= width)
    .map((box) => ({
      ...box,
      center: Math.max(0, Math.min(box.left, width)),
      width: context.measureText(box.label).width,
    }));
  const placed = placeLabels(boxes, width, LABEL_GAP);
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.globalAlpha = 0.35;
  boxes.forEach(({ left, center, top }, i) => {
    const foot = labelTop(placed[i]?.row ?? 0) + LABEL_HEIGHT;
    if (left >= 0 && top - foot > LABEL_GAP) {
      context.beginPath();
      context.moveTo(crisp(center), foot);
      context.lineTo(crisp(center), top - LABEL_GAP);
      context.stroke();
    }
  });
  context.globalAlpha = 1;
  context.strokeStyle = surface;
  context.lineWidth = 4;
  context.fillStyle = ink;
  boxes.forEach(({ label }, i) => {
    const { x, row } = placed[i] ?? { x: 0, row: 0 };
    context.strokeText(label, x, labelTop(row));
    context.fillText(label, x, labelTop(row));
  });
}

interface Level {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly width: number;
  readonly dash: readonly number[];
}

const LEVELS = { pivot: { width: 2, dash: SOLID }, stop: { width: 1.5, dash: DASH } } as const;
const FADED_LEVELS = { pivot: { width: 1, dash: DASH }, stop: { width: 1, dash: DOTS } } as const;

function drawLevel(context: CanvasRenderingContext2D, level: Level, ink: string): void {
  context.strokeStyle = ink;
  context.lineWidth = level.width;
  context.setLineDash([...level.dash]);
  context.beginPath();
  context.moveTo(level.from, crisp(level.y));
  context.lineTo(level.to, crisp(level.y));
  context.stroke();
  context.setLineDash([]);
}

/** The levels begin at the next to last high: from there on they bound the base. */
export function drawPattern(
  context: CanvasRenderingContext2D,
  width: number,
  { boxes, pivotY, stopY, isFaded }: PatternShape,
  look: ChartLook,
): void {
  const ink = isFaded ? look.muted : look.text;
  const stroke: Stroke = { ink, dash: isFaded ? DOTS : SOLID };
  boxes.forEach((box, nth) => {
    drawBox(context, box, nth, stroke);
  });
  const from = (boxes.at(-2) ?? boxes.at(-1))?.left ?? 0;
  const levels = isFaded ? FADED_LEVELS : LEVELS;
  drawLevel(context, { from, to: width, y: pivotY, ...levels.pivot }, ink);
  drawLevel(context, { from, to: width, y: stopY, ...levels.stop }, ink);
  const [first] = boxes;
  if (first !== undefined) {
    drawStart(context, first, boxes.at(-1)?.right ?? first.right, ink, look.surface);
  }
  drawLabels(context, width, boxes, { ink, surface: look.surface, font: look.font });
}
