import { describe, it } from "vitest";
import { session } from "../../testing/builders/life-builder.ts";
import { makeEvent, makeGate, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import { scanAlerts } from "./scan-alerts.ts";

const DAY = session(1);
const TODAY = makeGate({ day: DAY, status: "RED" });

function gateAlerts(before: MarketGate | null, after: MarketGate = TODAY): readonly object[] {
  const none = { before: [], signals: [], events: [] };
  return scanAlerts({
    exchange: "KRX",
    day: DAY,
    at: 5,
    ...none,
    gates: [before, after],
    nameEn: () => null,
  });
}

describe("what a scan adds to the alert log", () => {
  it("[AL4] names a gate that changed since the session before, once and never by a gate without points", ({
    expect,
  }) => {
    const green = makeGate({ day: session(0), status: "GREEN" });
    expect(gateAlerts(green)).toEqual([
      { id: `KRX:gate:${DAY}`, exchange: "KRX", day: DAY, at: 5, kind: "gate", from: "GREEN", to: "RED" },
    ]);
    const none = [
      null,
      { ...green, day: DAY },
      { ...green, status: "RED" },
      { ...green, status: "UNKNOWN" },
    ] as const;
    expect(none.flatMap((before) => gateAlerts(before))).toEqual([]);
    expect(gateAlerts(green, { ...TODAY, status: "UNKNOWN" })).toEqual([]);
  });

  it("[AL1] names each signal with the name that readers abroad know it by", ({ expect }) => {
    const signal = makeSignal();
    const events = [makeEvent({ signalId: signal.id, day: DAY, from: null, to: "READY", reason: "new" })];
    const scanned = { exchange: "KRX", day: DAY, at: 5, before: [], signals: [signal], events } as const;
    const alerts = scanAlerts({ ...scanned, gates: [null, TODAY], nameEn: () => "Hanbit" });
    expect(alerts[0]).toMatchObject({ kind: "new", nameEn: "Hanbit", signalId: signal.id, pivot: 50_000 });
  });
});
