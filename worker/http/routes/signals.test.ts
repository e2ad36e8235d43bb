/** The list of signals, one signal and its history: every match once, and never one of the other exchange. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { Problem } from "../../protocol/rest/problem.ts";
import { SignalDetail, SignalEventsBody } from "../../protocol/rest/signal.ts";
import { SignalsBody, VcpSignalsBody } from "../../protocol/rest/signal-list.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, type MemoryPorts } from "../../testing/memory/memory-ports.ts";
import { dayOf, makeEvent, makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeApp } from "../app.ts";

const AT = Date.UTC(2025, 4, 16, 9, 20);

/** Twelve open signals of DEMO, four to a score; one ended; one of KRX. */
function ports(): MemoryPorts {
  const made = makeMemoryPorts();
  const open = Array.from({ length: 12 }, (_, k) =>
    makeSignal({
      id: `signal-${String(k).padStart(2, "0")}`,
      score: 60 + (k % 3) / 3,
      market: k % 2 === 0 ? "KOSPI" : "KOSDAQ",
      grade: k < 4 ? "A" : "B",
      state: k === 5 ? "CONFIRMED" : "READY",
    }),
  );
  const ended = makeSignal({ id: "ended", state: "FAILED", score: 90 });
  const krx = makeSignal({ id: "krx-1", exchange: "KRX", ticker: "005930", score: 99 });
  made.ledger.stored = [...open, ended, krx].map((signal) => ({
    signal,
    createdAt: AT,
    updatedAt: AT,
    runId: "run-1",
  }));
  made.ledger.history = [1, 2].map((seq) => ({
    ...makeEvent({ signalId: "signal-05", seq, day: dayOf("2025-05-12") }),
    at: AT + seq,
    runId: "run-1",
  }));
  return made;
}

async function list(made: MemoryPorts, query: string): Promise<v.InferOutput<typeof SignalsBody>> {
  return v.parse(SignalsBody, (await ask(makeApp(made), `/api/kr/signals${query}`)).json);
}

describe("/api/kr/signals", () => {
  it("[RT8] pages through every open signal once, by score falling and then id", async ({ expect }) => {
    const made = ports();
    const all = await list(made, "");
    expect([all.count, all.signals.length, all.next_cursor, all.exchange]).toEqual([12, 12, null, "DEMO"]);
    const keys = all.signals.map((row) => `${100 - row.score} ${row.id}`);
    expect(keys).toEqual(keys.toSorted());
    for (const limit of [1, 4, 5, 12]) {
      const seen: string[] = [];
      let cursor: string | null = "";
      for (let pages = 0; cursor !== null && pages < 13; pages++) {
        const page: v.InferOutput<typeof SignalsBody> = await list(
          made,
          `?limit=${limit}${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...page.signals.map((row) => row.id));
        expect(page.count).toBe(12);
        cursor = page.next_cursor;
      }
      expect(seen).toEqual(all.signals.map((row) => row.id));
    }
  });

  it("[RT8] filters by market, state, grade and score, and counts what it filters", async ({ expect }) => {
    const made = ports();
    const counts = await Promise.all(
      [
        "?market=KOSDAQ",
        "?state=CONFIRMED",
        "?state=FAILED",
        "?grade=A",
        "?min_score=60.5",
        "?state=SQUAT",
      ].map(async (query) => {
        const { count, signals } = await list(made, query);
        expect(signals).toHaveLength(count);
        return count;
      }),
    );
    expect(counts).toEqual([6, 1, 1, 4, 4, 0]);
  });

  it.for(["x", "bm90IGpzb24", "W10", "WzEsIiJd", "WyIxIiwiYSJd", "e30", "%F0%9F%98%80"])(
    "[RT8] refuses the cursor %s that no page gave",
    async (cursor, { expect }) => {
      const { status, json } = await ask(makeApp(ports()), `/api/kr/signals?cursor=${cursor}`);
      expect([status, v.parse(Problem, json).field]).toEqual([400, "cursor"]);
    },
  );

  it("[RT8] serves the short list, ten unless asked otherwise", async ({ expect }) => {
    const app = makeApp(ports());
    const short = v.parse(
      v.strictObject(VcpSignalsBody.entries),
      (await ask(app, "/api/kr/signals/vcp")).json,
    );
    expect([short.signals.length, short.count]).toEqual([10, 12]);
    const kosdaq = v.parse(
      VcpSignalsBody,
      (await ask(app, "/api/kr/signals/vcp?limit=2&market=KOSDAQ")).json,
    );
    expect(kosdaq.signals.map((row) => row.market)).toEqual(["KOSDAQ", "KOSDAQ"]);
  });

  it("[RT7] shows the active exchange or the one asked for, never both", async ({ expect }) => {
    const made = ports();
    const krx = await list(made, "?exchange=KRX");
    expect([krx.exchange, krx.signals.map((row) => row.id), krx.count]).toEqual(["KRX", ["krx-1"], 1]);
    made.settings.exchange = "KRX";
    expect((await list(made, "")).signals.map((row) => row.id)).toEqual(["krx-1"]);
    expect((await list(made, "?exchange=DEMO")).signals).toHaveLength(12);
    expect((await ask(makeApp(made), "/api/kr/signals/signal-05")).status).toBe(404);
    expect((await ask(makeApp(made), "/api/kr/signals/signal-05?exchange=DEMO")).status).toBe(200);
  });
});

describe("/api/kr/signals/{id}", () => {
  it("[RT9] has the signal in full, ended ones too", async ({ expect }) => {
    const app = makeApp(ports());
    const detail = v.parse(SignalDetail, (await ask(app, "/api/kr/signals/signal-05")).json);
    expect(detail).toMatchObject({ id: "signal-05", exchange: "DEMO", state: "CONFIRMED", passed: 8 });
    expect(v.parse(SignalDetail, (await ask(app, "/api/kr/signals/ended")).json).ended_on).toBe("2025-05-16");
  });

  it("[RT9] has the history, oldest first", async ({ expect }) => {
    const { json } = await ask(makeApp(ports()), "/api/kr/signals/signal-05/events");
    const body = v.parse(SignalEventsBody, json);
    expect(body).toMatchObject({ signal_id: "signal-05", count: 2, exchange: "DEMO" });
    expect(body.events.map((event) => event.seq)).toEqual([1, 2]);
    expect(body.events[0]).toMatchObject({
      session: "2025-05-12",
      from: null,
      to: "READY",
      values: { miss: null },
    });
  });

  it("[RT9] is 404 for an unknown one", async ({ expect }) => {
    const app = makeApp(ports());
    for (const path of ["/api/kr/signals/none", "/api/kr/signals/none/events", "/api/kr/signals/krx-1"]) {
      expect([path, (await ask(app, path)).status]).toEqual([path, 404]);
    }
  });
});
