/** Virtual time: what is due, in order, and at equal moments in the order in which it was asked for. A binary heap. */

interface Due {
  readonly at: number;
  readonly order: number;
  /** `null`: cancelled. */
  run: (() => void) | null;
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

export class Timeline {
  /** Milliseconds since the epoch. */
  now: number;
  #order = 0;
  readonly #heap: Due[] = [];

  constructor(start: number) {
    this.now = start;
  }

  /** Returns how to cancel. */
  after(ms: number, run: () => void): () => void {
    this.#order += 1;
    const due: Due = { at: this.now + Math.max(0, ms), order: this.#order, run };
    this.#push(due);
    return () => {
      due.run = null;
    };
  }

  /** Takes the next thing due until `end` and moves the time there; `null`: nothing more, and the time is `end`. */
  next(end: number): (() => void) | null {
    for (let top = this.#heap[0]; top !== undefined && top.at <= end; top = this.#heap[0]) {
      this.#pop();
      if (top.run !== null) {
        this.now = top.at;
        return top.run;
      }
    }
    this.now = end;
    return null;
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(due);
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !isBefore(due, parent)) {
        break;
      }
      heap[i] = parent;
      i = up;
    }
    heap[i] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) {
      return;
    }
    let i = 0;
    for (;;) {
      const [left, right] = [heap[2 * i + 1], heap[2 * i + 2]];
      if (left === undefined) {
        break;
      }
      const isRight = right !== undefined && isBefore(right, left);
      const least = isRight ? right : left;
      if (!isBefore(least, last)) {
        break;
      }
      heap[i] = least;
      i = 2 * i + (isRight ? 2 : 1);
    }
    heap[i] = last;
  }
}
