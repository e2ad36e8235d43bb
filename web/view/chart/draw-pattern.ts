/** The strokes of a pattern on a canvas, in the pixels of the page. */
import type { ChartLook } from "./chart-look.ts";

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
}

const FILLS = [0.09, 0.05] as const;
const DASH = [6, 4] as const;
/** Pixels between a box and its label. */
const LABEL_GAP = 6;
/** Pixels of the longest title of a level, beside the scale. */
const TITLE_WIDTH = 44;
const LABEL_HEIGHT = 14;

/** The middle of a pixel: lines stay sharp. */
function crisp(y: number): number {
  return Math.round(y) + 0.5;
}

function drawBox(context: CanvasRenderingContext2D, box: Box, nth: number, ink: string): void {
  const { left, right, top, bottom } = box;
  context.fillStyle = ink;
  context.strokeStyle = ink;
  context.globalAlpha = FILLS[nth % 2] ?? FILLS[0];
  context.fillRect(left, top, Math.max(1, right - left), bottom - top);
  context.globalAlpha = 0.45;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, top);
  context.lineTo(right, bottom);
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * Each label stands above its box, and ends before the titles of the levels; one that would run into an earlier one stands a
 * line higher.
 */
function drawLabels(
  context: CanvasRenderingContext2D,
  width: number,
  boxes: readonly Box[],
  look: ChartLook,
): void {
  context.font = `600 12px ${look.font}`;
  context.textBaseline = "bottom";
  context.lineJoin = "round";
  const placed: { readonly from: number; readonly to: number; readonly y: number }[] = [];
  for (const { left, top, label } of boxes) {
    const length = context.measureText(label).width;
    const from = Math.max(0, Math.min(left, width - TITLE_WIDTH - length));
    const to = from + length;
    let y = top - LABEL_GAP;
    for (const other of placed) {
      if (
        from < other.to + LABEL_GAP &&
        to > other.from - LABEL_GAP &&
        Math.abs(y - other.y) < LABEL_HEIGHT
      ) {
        y = other.y - LABEL_HEIGHT;
      }
    }
    placed.push({ from, to, y });
    context.strokeStyle = look.surface;
    context.lineWidth = 4;
    context.strokeText(label, from, y);
    context.fillStyle = look.text;
    context.fillText(label, from, y);
  }
}

interface Level {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly isDashed: boolean;
}

function drawLevel(context: CanvasRenderingContext2D, level: Level, ink: string): void {
  context.strokeStyle = ink;
  context.lineWidth = level.isDashed ? 1.5 : 2;
  context.setLineDash(level.isDashed ? [...DASH] : []);
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
  { boxes, pivotY, stopY }: PatternShape,
  look: ChartLook,
): void {
  boxes.forEach((box, nth) => {
    drawBox(context, box, nth, look.text);
  });
  const from = (boxes.at(-2) ?? boxes.at(-1))?.left ?? 0;
  drawLevel(context, { from, to: width, y: pivotY, isDashed: false }, look.text);
  drawLevel(context, { from, to: width, y: stopY, isDashed: true }, look.text);
  drawLabels(context, width, boxes, look);
}
