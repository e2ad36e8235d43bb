/** Where labels stand above a chart: in rows, none over another, each as near to what it names as there is room. */

interface Wanted {
  /** Pixels; the middle of what it names. */
  readonly center: number;
  readonly width: number;
}

export interface PlacedLabel {
  /** The left end, in pixels. */
  readonly x: number;
  /** From the top, 0 first. */
  readonly row: number;
}

/** `labels` from left to right; `width` of the place in pixels, `gap` between two of a row. */
export function placeLabels(labels: readonly Wanted[], width: number, gap: number): readonly PlacedLabel[] {
  const ends: number[] = [];
  return labels.map(({ center, width: own }) => {
    const x = Math.max(0, Math.min(center - own / 2, width - own));
    const free = ends.findIndex((end) => end + gap <= x);
    const row = free < 0 ? ends.length : free;
    ends[row] = x + own;
    return { x, row };
  });
}
