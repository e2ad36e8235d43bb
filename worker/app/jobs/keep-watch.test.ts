import { describe, it } from "vitest";
import { makeRun } from "../../testing/builders/signal-builder.ts";
import { MemoryBook } from "../../testing/memory/memory-book.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import type { BookSummary } from "../ports/market-book.ts";
import type { ScanRun } from "../ports/scan-ledger.ts";
import { keepWatch, type WatchedObject, type WatchPorts } from "./keep-watch.ts";

/** A Friday, 18:25 in Seoul; the scan was due at 18:20. */
const NOW = Date.UTC(2026, 10, 27, 9, 25);
const DUE = NOW - 5 * 60_000;
const SUMMARY: BookSummary = { tickers: 1, rows: 1, sessions: 1, firstDay: null, lastDay: null, openDays: 0 };

class Installation {
  readonly log = new MemoryLog();
  readonly asked: string[] = [];
  readonly told: string[] = [];
  isLogAway = false;
  isStoreAway = false;
  hasBars = true;
  #runs: readonly ScanRun[];

  constructor(...runs: readonly ScanRun[]) {
    this.#runs = runs;
  }

  watch(objects: readonly WatchedObject[] = [], now = NOW): Promise<void> {
    const lastDay = makeRun().asOf;
    const ports: WatchPorts = {
      log: this.log,
      clock: { now: () => now },
      settings: {
        activeExchange: () => (this.isStoreAway ? Promise.reject(new Error("away")) : Promise.resolve("KRX")),
      },
      ledger: {
        runs: (_, limit) => Promise.resolve(this.#runs.slice(0, limit)),
        lastRun: () =>
          Promise.resolve(this.#runs.find(({ status }) => status === "done" || status === "skipped") ?? null),
      },
      book: (exchange) => ({
        summary: () => Promise.resolve(this.hasBars ? { ...SUMMARY, lastDay } : SUMMARY),
        marketStatus: () => new MemoryBook().marketStatus(),
        run: (request) => {
          this.asked.push(`${exchange} ${request.kind}`);
          return Promise.resolve({ status: "done", run: makeRun(), results: [] });
        },
      }),
      wait: () => Promise.resolve(),
      alerts: {
        append: (events) => {
          this.told.push(...events.map(({ id }) => id));
          return this.isLogAway ? Promise.reject(new Error("away")) : Promise.resolve();
        },
        wake: () => Promise.resolve(),
      },
      objects: () => objects,
    };
    return keepWatch(ports);
  }
}

function book(ask: WatchedObject["ask"]): WatchedObject {
  return { object: "MarketBook KRX", neighbour: "MarketBook", ask };
}

describe("the watch", () => {
  it("[JB21] asks every object, and names one that is out of reach", async ({ expect }) => {
    const installation = new Installation(makeRun({ startedAt: DUE }));
    let asked = 0;
    await installation.watch([
      book(() => Promise.reject(new Error("reset"))),
      book(() => {
        asked += 1;
        return Promise.resolve([]);
      }),
    ]);
    expect(asked).toBe(1);
    expect(installation.log.lines).toEqual([
      {
        level: "warn",
        event: "object_out_of_reach",
        fields: { object: "MarketBook KRX", neighbour: "MarketBook", error: "reset" },
      },
    ]);
  });

  it("[JB21] names an object that never answers, and does not wait for it", async ({ expect }) => {
    const installation = new Installation(makeRun({ startedAt: DUE }));
    await installation.watch([book(() => new Promise(() => undefined))]);
    expect(installation.log.lines).toMatchObject([
      {
        event: "object_out_of_reach",
        fields: { object: "MarketBook KRX", error: "MarketBook gave no answer within 10000 ms" },
      },
    ]);
  });

  it("[JB21] makes up for a scan of an evening that has no run, or only one that failed long ago", async ({
    expect,
  }) => {
    const before = makeRun({ startedAt: DUE - 86_400_000 });
    for (const runs of [[], [before]]) {
      const installation = new Installation(...runs);
      await installation.watch();
      expect(installation.asked).toEqual(["KRX cron"]);
    }
  });

  it("[JB21] begins none that has come, that goes on, that has just failed, or without bars", async ({
    expect,
  }) => {
    const statuses = ["done", "skipped", "running", "failed"] as const;
    for (const status of statuses) {
      const installation = new Installation(makeRun({ status, startedAt: DUE }));
      await installation.watch();
      expect(installation.asked).toEqual([]);
    }
    const empty = new Installation();
    empty.hasBars = false;
    await empty.watch();
    expect(empty.asked).toEqual([]);
  });

  it("[JB21] begins one that fails every time ever less often, because no row of KRX is ever deleted", async ({
    expect,
  }) => {
    const day: ScanRun[] = [];
    for (let now = DUE + 5 * 60_000; now < DUE + 86_400_000; now += 10 * 60_000) {
      const installation = new Installation(...day);
      await installation.watch([], now);
      if (installation.asked.length > 0) {
        day.unshift(makeRun({ id: `${now}`, status: "failed", startedAt: now }));
      }
    }
    const hours = day.map(({ startedAt }) => Math.round((startedAt - DUE) / 360_000) / 10).toReversed();
    expect(hours).toEqual([0.1, 0.6, 1.6, 3.6, 7.6, 15.6]);
  });

  it("[JB21] fails before the platform's eyes when the store is out of reach, and asks every object all the same", async ({
    expect,
  }) => {
    const installation = new Installation();
    installation.isStoreAway = true;
    let asked = 0;
    const one = book(() => {
      asked += 1;
      return Promise.resolve([]);
    });
    await expect(installation.watch([one])).rejects.toThrow("away");
    expect(asked).toBe(1);
  });

  it("[AL20] states a scan that did not come once a day, and makes up for it also when it cannot be stated", async ({
    expect,
  }) => {
    const installation = new Installation();
    await installation.watch();
    await installation.watch([], NOW + 600_000);
    expect(new Set(installation.told).size).toBe(1);
    expect(installation.told[0]).toMatch(/^KRX:scan_overdue:\d+$/u);
    const away = new Installation();
    away.isLogAway = true;
    await away.watch();
    expect(away.asked).toEqual(["KRX cron"]);
    expect(away.log.lines.map(({ event }) => event)).toContain("overdue_scan_not_told");
    const sound = new Installation(makeRun({ status: "done", startedAt: DUE }));
    await sound.watch();
    expect(sound.told).toEqual([]);
  });
});
