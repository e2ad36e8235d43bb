/** `npm run prove -- grid`: the table of recall over the whole grid of constructed bases, many seeds a cell. */
import { type GridRecall, recallAt } from "./grid-recall.ts";

/** What each noise asks of the detector, shares of all cells. */
export const ASKED: readonly (readonly [noise: number, share: number])[] = [
  [0, 0.99],
  [0.003, 0.95],
  [0.006, 0.65],
];

const percent = (found: number, all: number): string => `${((100 * found) / all).toFixed(1)} %`;

function listOf(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, n]) => `${name} ${n}`).join(", ");
}

function linesOf(recall: GridRecall, asked: number): readonly string[] {
  const cells = [...recall.byCount].map(
    ([count, { found, all }]) => `${count}T ${percent(found, all)} of ${all}`,
  );
  return [
    `noise ${(100 * recall.noise).toFixed(1)} %: ${percent(recall.found, recall.all)} of ${recall.all} (asked ${100 * asked} %)`,
    `  ${cells.join(" · ")}`,
    `  left out: ${listOf(recall.leftOut)}`,
    `  not as built: ${listOf(recall.flaws) || "none"}`,
  ];
}

/** Returns whether every noise reached what is asked. */
export function proveGrid(seeds: number, from: number, print: (line: string) => void): boolean {
  let reached = true;
  for (const [noise, share] of ASKED) {
    const recall = recallAt(noise, noise === 0 ? 1 : seeds, from);
    for (const line of linesOf(recall, share)) {
      print(line);
    }
    reached &&= recall.all > 0 && recall.found >= share * recall.all;
  }
  return reached;
}
