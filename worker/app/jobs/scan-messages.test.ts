/** SN4: the messages of a saved scan, also of one that changed nothing. */
import { describe, it } from "vitest";
import type { Signal } from "../../core/lifecycle/signal.ts";
import { makeGate, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import type { OutboxMessage } from "../ports/scan-ledger.ts";
import { moveMessages, scanMessages } from "./scan-messages.ts";

const RUN = makeRun();
const AT = 1_747_380_001_500;

function messages(signals: readonly Signal[], openCount = 0): readonly OutboxMessage[] {
  return scanMessages(RUN, AT, signals, { createdAt: new Map(), nameEn: () => null }, makeGate(), openCount);
}

function body(message: OutboxMessage | undefined): unknown {
  return JSON.parse(message?.body ?? "null");
}

describe("messages of a scan", () => {
  it("[SN4] states of a scan that changed nothing that it changed nothing", ({ expect }) => {
    const [signals, gate, ...rest] = messages([], 3);
    expect(rest).toEqual([]);
    expect(signals).toMatchObject({ id: "run-1:1", exchange: "DEMO", topic: "signal:vcp" });
    expect(body(signals)).toMatchObject({
      type: "signal_update",
      data: { signals: [], removed: [], count: 3, run_id: "run-1" },
    });
    expect(gate).toMatchObject({ id: "run-1:2", topic: "market_gate" });
    expect(body(gate)).toMatchObject({ type: "market_gate_update", exchange: "DEMO" });
  });

  it("[SN4] names the signals that an empty result has closed", ({ expect }) => {
    const closed = [makeSignal({ id: "a", state: "EXPIRED" }), makeSignal({ id: "b", state: "FAILED" })];
    expect(body(messages(closed)[0])).toMatchObject({ data: { signals: [], removed: ["a", "b"], count: 0 } });
  });

  it("[SN4] sends open signals whole and ended ones as ids", ({ expect }) => {
    const sent = body(messages([makeSignal({ id: "a" }), makeSignal({ id: "b", state: "EXPIRED" })], 1)[0]);
    expect(sent).toMatchObject({ data: { signals: [{ id: "a" }], removed: ["b"], count: 1 } });
  });

  it("[RT1h] has the English name of the master in the rows of a scan, and of a move within a session", ({
    expect,
  }) => {
    const [named, other] = [makeSignal({ id: "a" }), makeSignal({ id: "b", ticker: "D00002" })];
    const nameEn = (ticker: string): string | null => (ticker === named.ticker ? "Gaon Electronics" : null);
    const rows = [
      { id: "a", name_en: "Gaon Electronics", romanised: null },
      { id: "b", name_en: null, romanised: "Gaonjeonja" },
    ];
    const scanned = scanMessages(RUN, AT, [named, other], { createdAt: new Map(), nameEn }, makeGate(), 2);
    expect(body(scanned[0])).toMatchObject({ data: { signals: rows } });
    const moved = [named, other].map((signal) => ({
      signal,
      createdAt: 1,
      updatedAt: 1,
      runId: "run-1",
      nameEn: nameEn(signal.ticker),
    }));
    expect(body(moveMessages("m", "DEMO", moved, 2, "run-1", AT)[0])).toMatchObject({
      data: { signals: rows },
    });
  });

  it("[SN4] gives every message of a run an id of its own, the same when it is written again", ({
    expect,
  }) => {
    const many = Array.from({ length: 200 }, (_, i) => makeSignal({ id: `s${i}` }));
    const ids = messages(many, 200).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(3);
    expect(new Set(ids).size).toBe(ids.length);
    expect(messages(many, 200).map(({ id }) => id)).toEqual(ids);
  });
});
