/**
 * Files of tests in the order in which the fewest seconds are lost at the end of a run: the longest first. A fresh clone has no
 * record of how long each takes, and would begin with the largest.
 */
import { BaseSequencer, type TestSequencerConstructor, type TestSpecification } from "vitest/node";

/** `names`: of files without `.test.ts`, the longest first. One that is missing or stale costs time and nothing else. */
export function longestFirst(names: readonly string[]): TestSequencerConstructor {
  const placeOf = ({ moduleId }: TestSpecification): number => {
    const name = /([^/]+)\.test\.ts$/u.exec(moduleId)?.[1] ?? "";
    return names.includes(name) ? names.indexOf(name) : names.length;
  };
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const before = await super.sort.call(this, files);
      return before.toSorted((a, b) => placeOf(a) - placeOf(b));
    }
  };
}
