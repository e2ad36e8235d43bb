import * as fc from "fast-check";
import { describe, it } from "vitest";
import { frameOf, tradeRecord } from "../../../testing/fakes/kis/kis-trades.ts";
import { seoul } from "../../../testing/stage/kis-stage.ts";
import { LONGEST_FRAME, readFrame } from "./frames.ts";

const TRADE = {
  ticker: "005930",
  at: seoul("2026-09-16T09:30:01"),
  price: 71_200,
  base: 70_000,
  open: 70_500,
  high: 71_500,
  low: 70_100,
  volume: 1_234_567,
};

describe("a frame", () => {
  it("[KS1] holds so many records of any width, field for field", ({ expect }) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 46, max: 60 }),
        fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 20 }),
        (width, volumes) => {
          const sent = volumes.map((volume) => tradeRecord({ ...TRADE, volume }, width));
          expect(readFrame(frameOf("H0STCNT0", sent))).toEqual({
            kind: "records",
            trId: "H0STCNT0",
            records: sent,
            width,
          });
        },
      ),
      { seed: 15 },
    );
  });

  it("[KS1] of more than 20 KiB is read whole", ({ expect }) => {
    const sent = Array.from({ length: 200 }, (_, n) => tradeRecord({ ...TRADE, volume: n + 1 }, 47));
    const text = frameOf("H0STCNT0", sent);
    expect(text.length).toBeGreaterThan(20 * 1_024);
    expect(readFrame(text)).toMatchObject({ kind: "records", records: sent });
  });

  it.for([
    [
      "an encrypted one, with what to do",
      frameOf("H0STCNT0", [tradeRecord(TRADE, 47)], true),
      /encrypted.*key of its own/,
    ],
    [
      "one whose count does not fit",
      `0|H0STCNT0|002|${tradeRecord(TRADE, 47).join("^")}`,
      /47 fields.*2 records/,
    ],
    ["one of no record", "0|H0STCNT0|000|", /head/],
    ["one without a head", "005930^093001^71200", /head/],
    ["one with a head far away", `${"x".repeat(5_000)}|H0STCNT0|001|005930`, /head/],
    ["the empty text", "", /head/],
    ["no JSON", "{", /no answer/],
    ["a message without a head", '{"body":{}}', /no answer/],
    ["an answer without a code", '{"header":{"tr_id":"H0STCNT0"}}', /without a code/],
    ["one that is too long", `0|H0STCNT0|001|${"0".repeat(LONGEST_FRAME)}`, /more than/],
  ] as const)("[KS1] refuses %s", ([, text, why], { expect }) => {
    const frame = readFrame(text);
    expect(frame.kind === "refused" ? frame.why : frame).toMatch(why);
  });

  it("[KS1] is a heartbeat, or an answer with its code", ({ expect }) => {
    expect(readFrame('{"header":{"tr_id":"PINGPONG","datetime":"20260916093001"}}')).toEqual({
      kind: "heartbeat",
    });
    const answer =
      '{"header":{"tr_id":"(null)","tr_key":"","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP8996","msg1":"ALREADY IN USE appkey"}}';
    expect(readFrame(answer)).toEqual({ kind: "answer", key: "", code: "OPSP8996", isServed: false });
  });

  it("[KS1] never throws, whatever arrives, and keeps nothing of what it refuses", ({ expect }) => {
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: fc.constantFrom("0", "1", "|", "^", "H", "{", "}", '"', "T"), maxLength: 300 }),
      fc.json(),
      fc.string().map((text) => `0|H0STCNT0|00${text.length % 10}|${text}`),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const frame = readFrame(text);
        if (frame.kind === "refused" && text.length > 80) {
          expect(frame.why).not.toContain(text);
        }
        if (frame.kind === "records") {
          expect(frame.records.every(({ length }) => length === frame.width)).toBe(true);
        }
      }),
      { seed: 16, numRuns: 2_000 },
    );
  });

  it("[KS1] costs work that is linear in its length", ({ expect }) => {
    const cost = (records: number): number => {
      const text = frameOf(
        "H0STCNT0",
        Array.from({ length: records }, () => tradeRecord(TRADE, 47)),
      );
      const times = Array.from({ length: 15 }, () => {
        const from = performance.now();
        readFrame(text);
        return performance.now() - from;
      });
      return Math.min(...times);
    };
    cost(600);
    // Ten times the length: quadratic work would cost a hundred times as much.
    expect(cost(600)).toBeLessThan(40 * Math.max(cost(60), 0.005));
  });
});
