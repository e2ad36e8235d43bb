import { env } from "cloudflare:workers";
import * as v from "valibot";
import { beforeEach, describe, it } from "vitest";
import { D1InstrumentStore } from "../../adapters/d1/instrument-store.ts";
import { D1ScanLedger } from "../../adapters/d1/scan-ledger.ts";
import { makeBookPort } from "../../adapters/durable/stubs.ts";
import { PriceUpdate } from "../../protocol/messages/live-update.ts";
import {
  doneRuns,
  type Fault,
  freshDemo,
  LENGTHS,
  onStage,
  sessionAfter,
  SESSIONS,
  SHARES,
  tradedTicker,
} from "../../testing/stage/demo-stage.ts";
import { StoredStream } from "../../testing/stage/stored-stream.ts";

beforeEach(freshDemo);

const book = () => makeBookPort(env.MARKET_BOOK, "DEMO");

describe("the past", () => {
  it.for<Fault>([
    { call: "addHistory", when: "before" },
    { call: "addHistory", when: "after" },
    { call: "addIndices", when: "before" },
    { call: "addIndices", when: "after" },
    { call: "run", when: "before" },
  ])("[FD4] is prepared once although $call broke $when it was done", async (fault, { expect }) => {
    await onStage(async (stage) => {
      stage.fault = fault;
      const first = stage.birth();
      expect((await first.status()).state).toBe("preparing");
      await expect(first.alarm()).rejects.toThrow(fault.call);
      expect((await first.status()).state).toBe("preparing");
      const feed = stage.birth();
      await stage.ring(feed);
      expect(await feed.status()).toMatchObject({ state: "live", session: "open", tickers: SHARES });
    });
    expect(await book().summary()).toMatchObject({ sessions: SESSIONS, openDays: 0 });
    expect((await book().indexSeries("KOSPI"))?.day).toHaveLength(SESSIONS);
    expect(await doneRuns()).toBe(1);
    expect(await new D1ScanLedger(env.DB).runs("DEMO", 9)).toHaveLength(1);
  });
});

it("[FD22] gives the shares of a demo that was stored before the English names they now have, once", async ({
  expect,
}) => {
  const master = new D1InstrumentStore(env.DB);
  await onStage(async (stage) => {
    await stage.ready();
    const stored = await master.all("DEMO");
    expect(stored.every(({ nameEn }) => nameEn !== null)).toBe(true);
    await env.DB.exec("update instrument set name_en = null");
    const feed = stage.birth();
    await stage.ring(feed);
    expect(await master.all("DEMO")).toEqual(stored);
    // The next alarm of the same object asks nothing.
    await env.DB.exec("update instrument set name_en = null");
    await stage.ring(feed);
    expect((await master.all("DEMO")).every(({ nameEn }) => nameEn === null)).toBe(true);
  });
});

describe("a session's end", () => {
  it.for<Fault | null>([
    null,
    { call: "closeDay", when: "before" },
    { call: "closeDay", when: "after" },
    { call: "addIndices", when: "before" },
    { call: "addIndices", when: "after" },
    { call: "run", when: "before" },
    { call: "run", when: "after" },
  ])("[FD5] appends the session and scans it once: %o", async (fault, { expect }) => {
    const session = sessionAfter(0);
    await onStage(async (stage) => {
      let feed = await stage.ready();
      stage.fault = fault;
      await stage.live(feed, LENGTHS.sessionMs / 2);
      for (let n = 0; n < 3; n++) {
        // Every death falls on a birth, whatever the feed was about to do.
        await stage.ring(feed).catch(() => undefined);
        feed = stage.birth();
      }
      expect(stage.fault).toBeNull();
      expect(stage.calls.filter((call) => call === "closeDay").length).toBeLessThanOrEqual(2);
    });
    const summary = await book().summary();
    expect(summary).toMatchObject({ sessions: SESSIONS + 1, lastDay: session.day, openDays: 1 });
    for (const { ticker, columns } of session.rows()) {
      const series = await book().series(ticker);
      expect(series?.close.at(-1)).toBe(columns.close[0]);
      expect(series?.day.at(-1)).toBe(session.day);
    }
    const kospi = session.indexRows()[0]?.columns.close[0];
    expect((await book().indexSeries("KOSPI"))?.close.at(-1)).toBe(kospi);
    const done = (await new D1ScanLedger(env.DB).runs("DEMO", 9)).filter(({ status }) => status === "done");
    expect(done.map(({ asOf }) => asOf)).toEqual([session.day, sessionAfter(0).day - 3]);
    expect(await marketGateSeq()).toBe(2);
  });

  it("[FD15] waits for a run that holds the book, and tries a failed one again after a minute", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const real = book();
      let refusals = 2;
      const feed = stage.birth({
        book: () => ({
          ...real,
          run: async (request) => {
            refusals -= 1;
            return refusals >= 0 ? { status: "busy", runId: "another" } : real.run(request);
          },
        }),
      });
      await feed.alarm();
      expect([refusals, await doneRuns()]).toEqual([-1, 1]);
      expect((await feed.status()).state).toBe("live");

      await env.DB.exec("alter table signal rename to hidden");
      await feed.command("advance_session");
      await env.DB.exec("alter table hidden rename to signal");
      await stage.live(feed, 50_000);
      expect(await doneRuns()).toBe(1);
      await stage.live(feed, 60_000);
      expect(await doneRuns()).toBeGreaterThan(1);
    });
  });

  it("[FD15] is tried again after five seconds when the step failed", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      stage.fault = { call: "closeDay", when: "before" };
      await expect(stage.live(feed, LENGTHS.sessionMs + 1_000)).rejects.toThrow("closeDay");
      const wait = ((await stage.storage.getAlarm()) ?? 0) - stage.now;
      expect(wait).toBe(5_000);
      await stage.ring(feed);
      expect((await feed.status()).session).toBe("break");
    });
  });
});

describe("a death", () => {
  it("[FD6] loses at most five seconds, and the time until the birth never passes", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      await feed.want("g", ["index:KOSPI"]);
      await stage.live(feed, 33_000);
      const before = (await feed.status()).clock ?? 0;
      stage.now += 3 * 3_600_000;
      const born = stage.birth();
      await stage.ring(born);
      const share = (6.5 * 3_600_000) / LENGTHS.sessionMs;
      const lost = (before - ((await born.status()).clock ?? 0)) / share;
      expect(lost).toBeGreaterThanOrEqual(0);
      expect(lost).toBeLessThanOrEqual(5_250);
      expect(await doneRuns()).toBe(1);
    });
  });

  it("[FD6] in the middle of a long sleep costs that sleep, and never a session", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      await stage.live(feed, 30_000);
      const before = (await feed.status()).clock;
      stage.now += 86_400_000;
      const born = stage.birth();
      await born.alarm();
      expect((await born.status()).clock).toBe(before);
      expect(await doneRuns()).toBe(1);
    });
  });

  it("[FD7] in a break is followed by the session that ended", async ({ expect }) => {
    const ticker = tradedTicker();
    const [ended, next] = [sessionAfter(0), sessionAfter(1)];
    await onStage(async (stage) => {
      const feed = await stage.ready();
      await feed.command("advance_session");
      const topics = [`price:${ticker}`, "index:KOSPI"];
      const before = (await feed.want("g", topics)).map(({ text }) =>
        text.replace(/"epoch.*?,"seq":\d+/, ""),
      );
      const born = stage.birth();
      const after = (await born.want("g", topics)).map(({ text }) => text.replace(/"epoch.*?,"seq":\d+/, ""));
      expect(after).toEqual(before);
      expect(after.join()).toContain(`"price":${ended.quote(ticker, 1)?.price}`);
      await stage.live(born, LENGTHS.breakMs + 500);
      expect(await born.status()).toMatchObject({ session: "open" });
      const [opened] = await born.want("h", [`price:${ticker}`]);
      // Changes count from the close that was just seen.
      const { data } = v.parse(PriceUpdate, JSON.parse(opened?.text ?? ""));
      expect(data.price - (data.change ?? 0)).toBe(next.quote(ticker, 0)?.previous);
      expect(data.price - (data.change ?? 0)).toBe(ended.quote(ticker, 1)?.price);
      expect(next.day).toBeGreaterThan(ended.day);
    });
  });
});

async function marketGateSeq(): Promise<number> {
  return (await new StoredStream(env.TOPIC.getByName("market_gate")).position())?.seq ?? 0;
}
