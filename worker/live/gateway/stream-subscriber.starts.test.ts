import { describe, it } from "vitest";
import { seqOf, type StreamStart } from "../../app/ports/live.ts";
import { StreamStartCache } from "./stream-subscriber.ts";

const AT = 1_000_000;
const START: StreamStart = { epoch: "e", seq: seqOf(5), recovered: true, reset: false, fragments: [] };

describe("StreamStartCache", () => {
  it("[WS4c] answers who comes later to the same place, until something of the topic comes or 30 s pass", ({
    expect,
  }) => {
    const kept = new StreamStartCache();
    kept.keep("signal:vcp 4", "signal:vcp", START, AT);
    kept.keep("market_gate 4", "market_gate", START, AT);
    expect(kept.find("signal:vcp 4", AT + 29_999)).toBe(START);
    expect(kept.find("signal:vcp 3", AT)).toBeNull();
    expect(kept.find("signal:vcp 4", AT + 30_000)).toBeNull();
    kept.forget(new Set(["signal:vcp", "price:D00001"]));
    expect(kept.find("signal:vcp 4", AT)).toBeNull();
    expect(kept.find("market_gate 4", AT)).toBe(START);
  });

  it("[WS4c] keeps the answers of the last eight places", ({ expect }) => {
    const kept = new StreamStartCache();
    for (let place = 0; place < 9; place++) {
      kept.keep(`signal:vcp ${place}`, "signal:vcp", START, AT);
    }
    const found = Array.from({ length: 9 }, (_, place) => kept.find(`signal:vcp ${place}`, AT) !== null);
    expect(found).toEqual([false, ...Array.from({ length: 8 }, () => true)]);
  });
});
