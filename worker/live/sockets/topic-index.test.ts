/** Groups of sessions: which session is in which, and which topics nobody wants any more. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { TopicIndex } from "./topic-index.ts";

const NOBODY: ReadonlySet<string> = new Set();

function listeners(index: TopicIndex, topic: string): readonly string[] {
  return Array.from(index.groups(topic))
    .flatMap(({ sessions }) => Array.from(sessions))
    .toSorted();
}

describe("topic index", () => {
  it("[WS1b] has sessions that want the same in one group, in whatever order they named it", ({ expect }) => {
    const index = new TopicIndex();
    const first = new Set(["a", "b"]);
    index.move("one", NOBODY, first);
    index.move("two", NOBODY, new Set(["b", "a"]));
    index.move("three", NOBODY, new Set(["b"]));
    expect(index.groups("a").size).toBe(1);
    expect(listeners(index, "b")).toEqual(["one", "three", "two"]);
    expect(index.sharedBy(new Set(["b", "a"]))).toBe(first);
    expect(index.counts()).toEqual(
      new Map([
        ["a", 2],
        ["b", 3],
      ]),
    );
  });

  it("[WS1b] follows every session through whatever it wants, as a list of listeners would", ({ expect }) => {
    const change = fc.record({
      session: fc.constantFrom("one", "two", "three"),
      topics: fc.subarray(["a", "b", "c", "d"]),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const index = new TopicIndex();
        const wanted = new Map<string, ReadonlySet<string>>();
        for (const { session, topics } of changes) {
          const before = new Set(Array.from(wanted.values()).flatMap((all) => Array.from(all)));
          const left = index.move(session, wanted.get(session) ?? NOBODY, new Set(topics));
          wanted.set(session, new Set(topics));
          const after = new Set(Array.from(wanted.values()).flatMap((all) => Array.from(all)));
          expect(new Set(left)).toEqual(new Set(Array.from(before).filter((topic) => !after.has(topic))));
          expect(new Set(index.topics())).toEqual(after);
        }
        for (const topic of ["a", "b", "c", "d"]) {
          const own = Array.from(wanted).filter(([, topics]) => topics.has(topic));
          expect(listeners(index, topic)).toEqual(own.map(([session]) => session).toSorted());
          expect(index.isWanted(topic)).toBe(own.length > 0);
        }
      }),
    );
  });
});
