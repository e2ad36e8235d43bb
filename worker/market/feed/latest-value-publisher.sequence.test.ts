import * as fc from "fast-check";
import { describe, it } from "vitest";
import { SequencedValues } from "./latest-value-publisher.ts";

const TOPICS = ["price:D00001", "index:KOSPI"] as const;
const action = fc.oneof(
  fc.record({ topic: fc.constantFrom(...TOPICS), value: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ keep: fc.subarray([...TOPICS]) }),
);

describe("latest values", () => {
  it("[FD2] grow by one a change, in one epoch, also over being forgotten", ({ expect }) => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const values = new SequencedValues("epoch-1");
        const [held, seqs] = [new Map<string, number>(), new Map<string, number>()];
        for (const step of actions) {
          if ("keep" in step) {
            values.keep(new Set(step.keep));
            for (const topic of TOPICS.filter((one) => !step.keep.includes(one))) {
              held.delete(topic);
              expect(values.current(topic)).toBeNull();
            }
            continue;
          }
          const { topic, value } = step;
          const fragment = values.publish(topic, String(value), () => ({ topic, value }));
          if (held.get(topic) === value) {
            expect(fragment).toBeNull();
            continue;
          }
          held.set(topic, value);
          seqs.set(topic, (seqs.get(topic) ?? 0) + 1);
          expect(fragment).toMatchObject({ topic, epoch: "epoch-1", seq: seqs.get(topic) });
          const text: unknown = JSON.parse(fragment?.text ?? "");
          expect(text).toEqual({ topic, value, epoch: "epoch-1", seq: seqs.get(topic) });
          expect(values.current(topic)).toBe(fragment);
        }
      }),
      { seed: 8 },
    );
  });
});
