/** Whether a finger swept sideways, to the next signal or back. */

export interface TouchPoint {
  readonly x: number;
  readonly y: number;
  /** Milliseconds. */
  readonly at: number;
}

/** Pixels sideways, at least. */
const LENGTH = 56;
const MOST_MS = 700;
/** A little more than a page that is not magnified: browsers round. */
const MOST_SCALE = 1.05;
/** The system's own gestures begin at the edge of the screen. */
const EDGE = 24;

/**
 * 1 to the next signal, as a page is turned; `null` for what is no sweep. `width`: of the screen, in pixels. `scale`: by which the
 * reader has magnified the page: above 1 a finger moves what is seen of it.
 */
export function sweptBy(from: TouchPoint, to: TouchPoint, width: number, scale = 1): 1 | -1 | null {
  const [across, down] = [to.x - from.x, to.y - from.y];
  const isAtEdge = from.x < EDGE || from.x > width - EDGE;
  if (scale > MOST_SCALE || isAtEdge || Math.abs(across) < LENGTH || Math.abs(across) < 2 * Math.abs(down)) {
    return null;
  }
  return to.at - from.at > MOST_MS ? null : across < 0 ? 1 : -1;
}
