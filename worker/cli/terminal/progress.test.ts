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
