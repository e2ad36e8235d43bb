import { describe, it } from "vitest";
import { TopicPlaces } from "./topic-places.ts";

const stream = { type: "signal_update", epoch: "a", isWhole: false };
const value = { type: "price_update", epoch: "a", isWhole: false };

describe("the places that a client got over the deaths of its server", () => {
  it("[TB8] of a stream are each the next one, and a snapshot goes on from where it stands", ({ expect }) => {
    const places = new TopicPlaces();
    const take = (seq: number, change: object = {}) =>
      places.take("signal:vcp", { ...stream, seq, ...change });
    expect(
      [take(4, { isWhole: true }), take(5), take(6), take(9, { isWhole: true }), take(10)].flat(),
    ).toEqual([]);
    expect(take(10)).toEqual(["signal:vcp: 10 came after 10"]);
    expect(take(12)).toEqual(["signal:vcp: 12 came after 10"]);
    expect(take(11, { isWhole: true })).toEqual(["signal:vcp: 11 came after 12"]);
    expect(take(1, { epoch: "b", isWhole: true })).toEqual([
      "signal:vcp: a stream that is stored has another epoch",
    ]);
  });

  it("[TB8] of a latest value never go back, and an epoch that was replaced never returns", ({ expect }) => {
    const places = new TopicPlaces();
    const take = (seq: number, change: object = {}) =>
      places.take("price:005930", { ...value, seq, ...change });
    expect([take(4), take(7), take(1, { epoch: "b" }), take(2, { epoch: "b" })].flat()).toEqual([]);
    expect(take(2, { epoch: "b" })).toEqual(["price:005930: 2 came after 2"]);
    expect(take(8)).toEqual(["price:005930: the epoch a came back"]);
  });
});
