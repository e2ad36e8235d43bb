import { describe, it } from "vitest";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import type { Pruned, RetentionBounds } from "../ports/retention.ts";
import { pruneRecords, type PrunePorts } from "./prune-records.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const SESSIONS = Array.from({ length: 10 }, (_, n) => tradingDayOf(20_000 + n));
const NOTHING: Pruned = {
  messages: 0,
  actions: 0,
  runs: 0,
  gates: 0,
  signals: 0,
  events: 0,
  outcomes: 0,
  versions: 0,
};

class Asked {
  readonly bounds: RetentionBounds[] = [];
  readonly log = new MemoryLog();
  readonly ports: PrunePorts;

  constructor(deleted: Partial<Pruned> = {}, more = false) {
    this.ports = {
      clock: { now: () => NOW },
      retentionRule: { outboxDays: 7, ownerLogDays: 400, demoSessions: 4 },
      retention: {
        prune: (_, bounds) => {
          this.bounds.push(bounds);
          return Promise.resolve({ deleted: { ...NOTHING, ...deleted }, more });
        },
      },
    };
  }
}

describe("one step of the retention", () => {
  it("[JB17] keeps messages and actions for their days, and of the demo the record of its last sessions", async ({
    expect,
  }) => {
    const asked = new Asked();
    expect(await pruneRecords("DEMO", SESSIONS, asked.ports, asked.log)).toBe(false);
    expect(asked.bounds).toEqual([
      {
        publishedBefore: NOW - 7 * DAY_MS,
        messagesKept: 256,
        actionsBefore: NOW - 400 * DAY_MS,
        versionsBefore: null,
        record: { firstSession: SESSIONS[6], runsKept: 16 },
      },
    ]);
    expect(asked.log.lines).toEqual([]);
  });

  it("[JB17] keeps the whole record of KRX, and of a demo that is younger", async ({ expect }) => {
    const asked = new Asked();
    await pruneRecords("KRX", SESSIONS, asked.ports, asked.log);
    await pruneRecords("DEMO", SESSIONS.slice(0, 3), asked.ports, asked.log);
    expect(asked.bounds.map(({ record }) => record)).toEqual([null, null]);
  });

  it("[JB17] keeps the versions of the last 32 sessions, of every exchange", async ({ expect }) => {
    const asked = new Asked();
    const many = Array.from({ length: 40 }, (_, n) => tradingDayOf(20_000 + n));
    await pruneRecords("KRX", many, asked.ports, asked.log);
    await pruneRecords("DEMO", many, asked.ports, asked.log);
    expect(asked.bounds.map(({ versionsBefore }) => versionsBefore)).toEqual([20_008, 20_008]);
  });

  it("[JB17] leaves one line with the counts of what it deleted", async ({ expect }) => {
    const asked = new Asked({ signals: 2, events: 5 }, true);
    expect(await pruneRecords("DEMO", SESSIONS, asked.ports, asked.log)).toBe(true);
    expect(asked.log.lines).toEqual([
      {
        level: "info",
        event: "records_pruned",
        fields: { exchange: "DEMO", ...NOTHING, signals: 2, events: 5, more: true },
      },
    ]);
  });
});
