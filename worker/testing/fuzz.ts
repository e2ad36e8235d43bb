/**
 * `npm run fuzz -- [--frames 1000000] [--from 1]`: seeded frames to the decoders, the session's rules and the page. Prints the
 * first frame that breaks a promise, and the memory before and after.
 */
import { parseArgs } from "node:util";
import { fuzz } from "./wire/fuzz.ts";

/** How much the heap may grow: by code and caches, and by nothing of the frames. */
const MAX_GROWTH = 16 * 1024 * 1024;
const BLOCK = 50_000;

const { values } = parseArgs({
  options: { frames: { type: "string", default: "1000000" }, from: { type: "string", default: "1" } },
});

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const [from, frames] = [Number(values.from), Number(values.frames)];
const began = performance.now();
let accepted = 0;
const problems: string[] = [];
// Made once before the heap is measured, because modules and caches are made with the first frames.
fuzz(from, Math.min(frames, BLOCK));
const before = heap();
for (let seed = from; seed < from + frames && problems.length === 0; seed += BLOCK) {
  const result = fuzz(seed, Math.min(BLOCK, from + frames - seed));
  accepted += result.accepted;
  problems.push(...result.problems);
}
const growth = heap() - before;
if (growth > MAX_GROWTH) {
  problems.push(`The heap grew by ${(growth / 1e6).toFixed(1)} MB`);
}
problems.forEach(print);
const seconds = ((performance.now() - began) / 1_000).toFixed(0);
print(
  `${frames} frames each way in ${seconds} s, ${accepted} messages in them, the heap grew by ${(growth / 1e6).toFixed(1)} MB`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
