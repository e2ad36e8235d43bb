/** How far a command has come: a bar on a terminal, a line each tenth in a log. */

export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How far a long command is. */
export interface Progress {
  /** `done` of `total`, both in the same unit; never falls. `leftMs` is left by somebody else's count; by default it is what the work so far took. */
  update(done: number, total: number, leftMs?: number | null): void;
  end(): void;
}

const WIDTH = 30;
/** A terminal is redrawn at least so often while work is reported, so that a long step does not look dead. */
const REDRAW_MS = 1_000;

/** `75 s left` from what the work so far has taken; empty before a second has passed, when it would be a guess. */
function leftText(share: number, elapsedMs: number): string {
  return share <= 0 || share >= 1 || elapsedMs < REDRAW_MS
    ? ""
    : describeLeft((elapsedMs / share) * (1 - share));
}

/** ` 75 s left`, with the blank before it. */
export function describeLeft(leftMs: number): string {
  const seconds = Math.round(leftMs / 1000);
  return seconds < 100 ? ` ${seconds} s left` : ` ${Math.round(seconds / 60)} min left`;
}

/** Redraws one line on a terminal, with the time that is left; a log gets few lines instead. */
export function makeProgress(
  label: string,
  output: ProgressOutput,
  now: () => number = () => performance.now(),
): Progress {
  const isTerminal = output.isTTY === true;
  const begun = now();
  let shown = isTerminal ? -1 : 0;
  let drawn = begun;
  const draw = (percent: number, share: number, leftMs: number | null | undefined): void => {
    if (isTerminal) {
      const filled = Math.round((percent / 100) * WIDTH);
      const bar = "#".repeat(filled).padEnd(WIDTH, ".");
      const left =
        leftMs === undefined ? leftText(share, now() - begun) : leftMs === null ? "" : describeLeft(leftMs);
      output.write(`\r\u001B[K${label} [${bar}] ${String(percent).padStart(3)} %${left}`);
    } else {
      output.write(`${label} ${percent} %\n`);
    }
  };
  return {
    update(done, total, leftMs) {
      const step = isTerminal ? 1 : 10;
      const share = total > 0 ? done / total : 1;
      const percent = Math.min(100, step * Math.floor((100 * share) / step));
      const stale = isTerminal && percent === shown && now() - drawn >= REDRAW_MS;
      if (percent > shown || stale) {
        shown = percent;
        drawn = now();
        draw(percent, share, leftMs);
      }
    },
    end() {
      if (isTerminal && shown >= 0) {
        output.write("\n");
      }
    },
  };
}
