import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, it } from "vitest";
import type { BookEvent } from "../../app/ports/live.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { ScanUpdate } from "../../protocol/messages/live-update.ts";
import type { ServerMessage } from "../../protocol/messages/server-message.ts";
import { LAST_DAY } from "../../testing/builders/base-builder.ts";
import {
  ALL,
  freshStores,
  importMarket,
  krxBook,
  ledger,
  MARKET,
  withBook,
} from "../../testing/stage/krx-book.ts";
import { MarketBars } from "../../testing/builders/market-bars.ts";
import { makeRun } from "../../testing/builders/signal-builder.ts";
import { openSocket, type SocketClient } from "../../testing/stage/socket-client.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshStores);

/** The events of a book while `act` runs. */
async function eventsOf(act: Parameters<typeof withBook<void>>[1]): Promise<readonly BookEvent[]> {
  const events: BookEvent[] = [];
  const onBookEvent = (event: BookEvent): Promise<void> => {
    events.push(event);
    return Promise.reject(new Error("The feed is out of reach"));
  };
  await withBook({ feed: () => ({ onBookEvent }) }, act);
  return events;
}

function scans(client: SocketClient): readonly ScanUpdate["data"][] {
  return client.messages.flatMap((message: ServerMessage) =>
    message.type === "scan_update" ? message.data : [],
  );
}

describe("the event of a book for its feed", () => {
  it("[FD17] is each stage of a run and its end, and a feed that fails disturbs no run", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const events = await eventsOf(async (book) => {
      await book.run(ALL);
      await book.run({ ...ALL, kind: "cron" });
    });
    await eventually(() => {
      expect(events).toHaveLength(5);
    });
    const [first, second] = await ledger()
      .runs("KRX", 9)
      .then((runs) => runs.toReversed());
    const stages = events.map((event) => event.kind === "scan" && [event.progress, event.ended]);
    expect([first?.status, second?.status]).toEqual(["done", "skipped"]);
    expect(stages).toEqual([
      [{ runId: first?.id, stage: "reading", done: 0, total: 13 }, null],
      [{ runId: first?.id, stage: "saving", done: 13, total: 13 }, null],
      [
        { runId: null, stage: "idle", done: 0, total: 0 },
        { runId: first?.id, status: "done", saved: 1, reason: null },
      ],
      [{ runId: second?.id, stage: "reading", done: 0, total: 13 }, null],
      [
        { runId: null, stage: "idle", done: 0, total: 0 },
        { runId: second?.id, status: "skipped", saved: 0, reason: second?.reason },
      ],
    ]);
  });

  it("[FD17] is also the end of a run whose process died", async ({ expect }) => {
    const dead = makeRun({ id: "krx-dead", exchange: "KRX", status: "running", asOf: null });
    await ledger().startRun(dead);
    await runInDurableObject(krxBook(), (_, { storage }) => {
      storage.sql.exec("INSERT INTO run_lock (id, run) VALUES (0, ?)", dead.id);
    });
    await evictDurableObject(krxBook());
    const events = await eventsOf(async (book) => {
      await book.progress();
    });
    const ended = { runId: dead.id, status: "failed", saved: 0, reason: "interrupted" };
    await eventually(() => {
      expect(events).toMatchObject([{ kind: "scan", progress: { stage: "idle" }, ended }]);
    });
  });

  it("[FD14a] is a close that an import changed, and nothing when none did", async ({ expect }) => {
    const bars = new MarketBars(MARKET);
    const kospi = bars.indexSeries("KOSPI");
    const events = await eventsOf((book) => {
      if (kospi !== null) {
        book.addIndices([{ code: "KOSPI", columns: kospi }]);
        book.addIndices([{ code: "KOSPI", columns: kospi }]);
      }
      book.addHistory([...bars.listings()], null);
      return Promise.resolve();
    });
    await eventually(() => {
      expect(events).toEqual([{ kind: "closes" }]);
    });
  });
});

describe("a socket on a market without a feed", () => {
  it("[FD14a] gets the close that an import moved, with its session; [FD17] and the run that follows", async ({
    expect,
  }) => {
    await importMarket(krxBook());
    const client = await openSocket(env.GATEWAY.getByName("apac-ne/0"), "/ws?subscribe=index:KOSPI,scan");
    try {
      const closes = () => client.messages.filter((message) => message.type === "index_update");
      await eventually(() => {
        expect(closes()).toHaveLength(1);
      });
      const columns = columnsOf([
        {
          day: LAST_DAY,
          open: 1,
          high: 9_000,
          low: 1,
          close: 8_000,
          volume: 1,
          value: null,
          shares: null,
          base: null,
        },
      ]);
      await krxBook().addIndices([{ code: "KOSPI", columns }]);
      await eventually(() => {
        expect(closes().map(({ data }) => data.index)).toEqual([expect.any(Number), 8_000]);
      });
      expect(closes()[1]).toMatchObject({
        exchange: "KRX",
        as_of: formatTradingDay(LAST_DAY),
        source: "closes",
      });

      await krxBook().run(ALL);
      await eventually(() => {
        expect(scans(client).at(-1)).toMatchObject({ stage: "idle", ended: { status: "done", saved: 1 } });
      });
      const late = await openSocket(env.GATEWAY.getByName("apac-ne/1"), "/ws?subscribe=scan");
      await eventually(() => {
        expect(scans(late)).toEqual([scans(client).at(-1)]);
      });
      late.close();
    } finally {
      client.close();
    }
  });
});
