import { it } from "vitest";
import { makeProgress } from "./progress.ts";

function written(isTTY: boolean): string {
  let text = "";
  const progress = makeProgress("reading", {
    isTTY,
    write: (more: string) => {
      text += more;
    },
  });
  for (let done = 0; done <= 1000; done++) {
    progress.update(done, 1000);
  }
  progress.end();
  return text;
}

it("[CL4] draws a bar on a terminal and a line each tenth elsewhere", ({ expect }) => {
  const log = written(false).trimEnd().split("\n");
  expect(log).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((percent) => `reading ${percent} %`));
  const bar = written(true);
  expect(bar.split("\r")).toHaveLength(102);
  expect(bar.endsWith(`[${"#".repeat(30)}] 100 %\n`)).toBe(true);
});

it("[CL4a] redraws a terminal each second and shows the time that is left", ({ expect }) => {
  let clock = 0;
  const lines: string[] = [];
  const output = { isTTY: true, write: (line: string) => lines.push(line) };
  const progress = makeProgress("judging", output, () => clock);
  for (clock = 0; clock <= 60_000; clock += 250) {
    progress.update(clock, 6_000_000);
  }
  expect(lines.length).toBeGreaterThanOrEqual(60);
  expect(lines.at(-1)).toContain("  1 % 99 min left");
  clock = 5_400_000;
  progress.update(clock, 6_000_000);
  expect(lines.at(-1)).toContain(" 90 % 10 min left");
  clock = 5_970_000;
  progress.update(clock, 6_000_000);
  expect(lines.at(-1)).toContain(" 99 % 30 s left");
  clock = 6_000_000;
  progress.update(clock, 6_000_000);
  expect(lines.at(-1)).not.toContain("left");
});
