import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "vitest";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { GROUPS } from "./prove-mutations.ts";

const worker = join(projectRoot, "worker");

describe("the table of mutations", () => {
  it("[TB6] names texts that stand exactly once in their files", ({ expect }) => {
    const stale = GROUPS.flatMap(({ mutations }) => mutations).filter(
      ({ file, from }) => readFileSync(join(worker, file), "utf8").split(from).length !== 2,
    );
    expect(stale).toEqual([]);
  });

  it("[TB6] asks test files that exist", ({ expect }) => {
    const files = globSync("{core,app}/**/*.test.ts", { cwd: worker });
    const known = new Set(files.map((file) => basename(file, ".test.ts")));
    const asked = GROUPS.flatMap(({ fast, slow }) => [...fast, ...slow]);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });
});
