/** Each promise on the records notices a record that breaks it. */
import { describe, it } from "vitest";
import { brokenAt, brokenAtRest, brokenBetween } from "./record-promises.ts";
import type { StoredRecords } from "./stored-records.ts";

const WHOLE: StoredRecords = {
  runs: [
    { id: "demo-1", status: "done", reason: null, as_of: 10, kind: "session" },
    { id: "demo-2", status: "failed", reason: "interrupted", as_of: null, kind: "session" },
    { id: "demo-3", status: "done", reason: null, as_of: 11, kind: "session" },
  ],
  events: [
    { signal_id: "s", seq: 1, run_id: "demo-1", row: "[1]" },
    { signal_id: "s", seq: 2, run_id: "demo-3", row: "[2]" },
  ],
  signals: ["s"],
  outbox: ["demo-1:1", "demo-1:2", "demo-3:1", "demo-3:2"].map((id, n) => ({
    id,
    topic: n % 2 === 0 ? "signal:vcp" : "market_gate",
    published_at: 5,
  })),
  outcomes: ["s 5"],
  gates: ["10", "11"],
  streams: {
    "signal:vcp": {
      epoch: "e",
      seq: 2,
      ring: [
        { seq: 1, id: "demo-1:1" },
        { seq: 2, id: "demo-3:1" },
      ],
    },
    market_gate: {
      epoch: "f",
      seq: 7,
      ring: [
        { seq: 6, id: "demo-1:2" },
        { seq: 7, id: "demo-3:2" },
      ],
    },
  },
  epochs: ["e", "f"],
  sessions: [
    { day: 9, rows: 3 },
    { day: 10, rows: 3 },
    { day: 11, rows: 3 },
  ],
  open: 0,
  due: 0,
};

function stream(change: Partial<StoredRecords["streams"][string]>): StoredRecords {
  const before = WHOLE.streams["signal:vcp"];
  return {
    ...WHOLE,
    streams: { ...WHOLE.streams, ...(before && { "signal:vcp": { ...before, ...change } }) },
  };
}

describe("the promises that the kills are held against", () => {
  it("[TB7] find nothing in whole records", ({ expect }) => {
    expect([...brokenAt(WHOLE), ...brokenBetween(WHOLE, WHOLE), ...brokenAtRest(WHOLE)]).toEqual([]);
  });

  it("[TB7] find each kind of record that is half done", ({ expect }) => {
    const third = WHOLE.runs.at(-1);
    const half: Readonly<Record<string, StoredRecords>> = {
      "a gap in the events": { ...WHOLE, events: WHOLE.events.slice(1) },
      "events without a signal": { ...WHOLE, signals: [] },
      "messages of a run that failed": {
        ...WHOLE,
        runs: WHOLE.runs.map((run) => (run === third ? { ...run, status: "running" } : run)),
      },
      "a run without messages": {
        ...WHOLE,
        runs: [...WHOLE.runs, { id: "demo-4", status: "done", reason: null, as_of: 12, kind: "session" }],
      },
      "a gap in a stream": stream({ ring: [{ seq: 1, id: "demo-1:1" }] }),
      "a message twice": stream({
        seq: 3,
        ring: [1, 2, 3].map((seq) => ({ seq, id: seq === 1 ? "demo-1:1" : "demo-3:1" })),
      }),
      "another order": stream({
        ring: [
          { seq: 1, id: "demo-3:1" },
          { seq: 2, id: "demo-1:1" },
        ],
      }),
      "published and in no stream": stream({ seq: 1, ring: [{ seq: 1, id: "demo-1:1" }] }),
    };
    for (const [name, records] of Object.entries(half)) {
      expect(brokenAt(records), name).not.toEqual([]);
    }
  });

  it("[TB7] find whatever is lost or changed since", ({ expect }) => {
    const later: readonly Partial<StoredRecords>[] = [
      { events: WHOLE.events.map((event) => ({ ...event, row: "[3]" })) },
      { runs: WHOLE.runs.slice(1) },
      { runs: WHOLE.runs.map((run) => ({ ...run, reason: "other" })) },
      { signals: [] },
      { outcomes: [] },
      { gates: ["11"] },
      { outbox: WHOLE.outbox.slice(1) },
      { outbox: WHOLE.outbox.map((message) => ({ ...message, published_at: null })) },
      { sessions: WHOLE.sessions.map(({ day }) => ({ day, rows: 2 })) },
      stream({ epoch: "other" }),
      stream({ seq: 1 }),
    ];
    for (const change of later) {
      expect(brokenBetween(WHOLE, { ...WHOLE, ...change }), JSON.stringify(change)).not.toEqual([]);
    }
  });

  it("[TB7] find what has not caught up", ({ expect }) => {
    const behind: readonly Partial<StoredRecords>[] = [
      { runs: WHOLE.runs.map((run) => ({ ...run, status: "running" })) },
      { runs: WHOLE.runs.map((run) => ({ ...run, status: "failed" })) },
      { runs: WHOLE.runs.map((run) => ({ ...run, as_of: 10 })) },
      { sessions: [...WHOLE.sessions, { day: 12, rows: 3 }, { day: 13, rows: 3 }] },
      { outbox: WHOLE.outbox.map((message) => ({ ...message, published_at: null })) },
      { open: 1 },
      { due: 1 },
    ];
    for (const change of behind) {
      expect(brokenAtRest({ ...WHOLE, ...change }), JSON.stringify(change)).not.toEqual([]);
    }
  });
});
