import { describe, it } from "vitest";
import { MemoryLedger } from "../../testing/memory/memory-ledger.ts";
import { makeSignal } from "../../testing/builders/signal-builder.ts";
import { streamSnapshots } from "./scan-messages.ts";

const clock = { now: () => 1_000 };

async function ledgerWith(...signals: readonly ReturnType<typeof makeSignal>[]): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  for (const signal of signals) {
    const { exchange } = signal;
    await ledger.saveMoves({
      exchange,
      runId: "r",
      at: 1,
      signals: [signal],
      events: [],
      outbox: [],
      alerts: [],
    });
  }
  return ledger;
}

describe("snapshots of streams", () => {
  it("[JB12] hold every open signal of the exchange and none of another", async ({ expect }) => {
    const ledger = await ledgerWith(
      makeSignal(),
      makeSignal({ id: "ended", state: "FAILED" }),
      makeSignal({ id: "krx", exchange: "KRX", ticker: "005930" }),
    );
    const [signals, ...rest] = await streamSnapshots("DEMO", { clock, ledger });
    expect(rest).toEqual([]);
    expect(signals).toMatchObject({ exchange: "DEMO", topic: "signal:vcp" });
    const body: unknown = JSON.parse(signals?.body ?? "");
    expect(body).toMatchObject({
      snapshot: true,
      data: { signals: [{ id: "signal-1" }], removed: [], count: 1 },
    });
  });

  it("[JB12] of an exchange without anything are empty lists instead of nothing", async ({ expect }) => {
    const [signals] = await streamSnapshots("KRX", { clock, ledger: await ledgerWith(makeSignal()) });
    const body: unknown = JSON.parse(signals?.body ?? "");
    expect(body).toMatchObject({ snapshot: true, data: { signals: [], count: 0 } });
  });
});
