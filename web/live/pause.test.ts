/** A page that changes what it listens to while it holds back what moves. */
import { describe, it } from "vitest";
import { makeTopicListeners } from "./topic-listeners.ts";
import type { Update } from "./update.ts";

const TOPIC = "market_gate";

function gate(seq: number): Update {
  const nothing = { kospi: null, kospi_change_pct: null, kosdaq: null, kosdaq_change_pct: null };
  const data = {
    as_of: "2025-06-13",
    status: "GREEN",
    level: seq,
    confidence: 1,
    components: [],
    sectors: [],
  };
  return {
    type: "market_gate_update",
    topic: TOPIC,
    exchange: "KRX",
    epoch: "e",
    seq,
    data: { ...data, ...nothing, status: "GREEN" },
    timestamp: "2025-06-13T09:00:00.000+09:00",
  };
}

describe("pause", () => {
  it("[LV8] shows a newcomer nothing that was held before its whole was asked for, but every reset", ({
    expect,
  }) => {
    const listeners = makeTopicListeners();
    const delivered: (number | "reset")[] = [];
    listeners.pause();
    listeners.deliver({ type: "reset", topic: TOPIC });
    listeners.deliver({ type: "update", update: gate(2) });
    listeners.renew(TOPIC);
    listeners.add(TOPIC, {
      message: ({ seq }) => delivered.push(seq),
      reset: () => delivered.push("reset"),
    });
    listeners.deliver({ type: "update", update: gate(4) });
    expect(listeners.waiting).toBe(2);
    listeners.resume();
    expect(delivered).toEqual(["reset", 4]);
  });
});
