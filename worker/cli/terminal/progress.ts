/** How far a command has come: a bar on a terminal, a line each tenth in a log. */

export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How far a long command is. */
export interface Progress {
  /** `done` of `total`, both in the same unit; never falls. */
  update(done: number, total: number): void;
  end(): void;
}

const WIDTH = 30;

/** Redraws one line on a terminal; a log gets few lines instead. */
export function makeProgress(label: string, output: ProgressOutput): Progress {
  let shown = output.isTTY === true ? -1 : 0;
  const draw = (percent: number): void => {
    if (output.isTTY === true) {
      const filled = Math.round((percent / 100) * WIDTH);
      const bar = "#".repeat(filled).padEnd(WIDTH, ".");
      output.write(`\r${label} [${bar}] ${String(percent).padStart(3)} %`);
    } else {
      output.write(`${label} ${percent} %\n`);
    }
  };
  return {
    update(done, total) {
      const step = output.isTTY === true ? 1 : 10;
      const exact = total > 0 ? (100 * done) / total : 100;
      const percent = Math.min(100, step * Math.floor(exact / step));
      if (percent > shown) {
        shown = percent;
        draw(percent);
      }
    },
    end() {
      if (output.isTTY === true && shown >= 0) {
        output.write("\n");
      }
    },
  };
}
