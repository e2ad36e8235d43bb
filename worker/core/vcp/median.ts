/** Medians of a few hundred numbers without allocation: selection in a buffer that is used again. */

let buffer = new Float64Array(512);

/** The median of `values[from..to]`, both included; the mean of the two middle ones when there are two. `NaN` without any. */
export function medianOf(values: Float64Array, from: number, to: number): number {
  const first = Math.max(0, from);
  const n = to - first + 1;
  if (n <= 0) {
    return Number.NaN;
  }
  if (buffer.length < n) {
    buffer = new Float64Array(2 * n);
  }
  for (let k = 0; k < n; k++) {
    buffer[k] = values[first + k]!;
  }
  const middle = n >> 1;
  const upper = select(n, middle);
  if (n % 2 === 1) {
    return upper;
  }
  // All that stands before the middle is at most as large: the other middle one is the largest of it.
  let lower = buffer[0]!;
  for (let k = 1; k < middle; k++) {
    if (buffer[k]! > lower) {
      lower = buffer[k]!;
    }
  }
  return (lower + upper) / 2;
}

/** The number that stands at `place` once the first `n` of the buffer are in order; leaves no larger one before it. */
function select(n: number, place: number): number {
  let left = 0;
  let right = n - 1;
  while (left < right) {
    const pivot = buffer[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (buffer[i]! < pivot) {
        i += 1;
      }
      while (buffer[j]! > pivot) {
        j -= 1;
      }
      if (i <= j) {
        const held = buffer[i]!;
        buffer[i] = buffer[j]!;
        buffer[j] = held;
        i += 1;
        j -= 1;
      }
    }
    if (place <= j) {
      right = j;
    } else if (place >= i) {
      left = i;
    } else {
      break;
    }
  }
  return buffer[place]!;
}
