/** The routes of a machine that asks the vendors in the Worker's place, and the real object behind them. */
import { env } from "cloudflare:workers";
import * as v from "valibot";
import { beforeEach, describe, it } from "vitest";
import { originFactsOf } from "../../core/bars/origin.ts";
import { sessionsBefore } from "../../app/jobs/days/session-days.ts";
import { assert } from "../../core/assert.ts";
import { formatTradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import { composeHttp } from "../../compose.ts";
import { DeliveryAnswer, WantedDays } from "../../protocol/rest/market-days.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { makeMemoryPorts, NOW, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { freshStores, krxBook } from "../../testing/stage/krx-book.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

const PATH = "/api/admin/days?exchange=KRX&official=true&master=true&sessions=250";

describe("days that another machine collects", () => {
  it("[RT34] GET has what is to be asked of the vendors now, for the owner alone", async ({ expect }) => {
    const ports = makeMemoryPorts();
    ports.deliveries.wants = {
      now: NOW,
      askedHere: ["kis"],
      steps: [{ kind: "official_day", day: dayOf("2025-05-16") }],
      tickers: ["005930"],
      backfill: {
        status: "running",
        sessions: 3,
        wanted: 250,
        fetched: 2,
        next: dayOf("2025-05-13"),
        holidays: [],
        counts: "sessions",
        inPart: [],
        startedAt: NOW,
        leftMs: null,
        reason: null,
      },
    };
    const { json } = await ask(makeApp(ports), PATH, asOwner(OWNER_TOKEN, "GET"));
    expect(v.parse(WantedDays, json)).toMatchObject({
      now: "2025-05-19T10:00:00.000+09:00",
      asked_here: ["kis"],
      steps: [{ kind: "official_day", day: "2025-05-16" }],
      tickers: ["005930"],
      backfill: { status: "running", sessions: 3, wanted: 250, next_day: "2025-05-13" },
    });
    expect(ports.deliveries.asked).toEqual([
      [{ official: true, master: true, present: false, snapshot: false }, 250],
    ]);
    expect((await ask(makeApp(ports), PATH, asOwner("wrong", "GET"))).status).toBe(401);
    for (const query of ["?exchange=DEMO", "?exchange=KRX&sessions=0", "?exchange=KRX&official=maybe"]) {
      const refused = await ask(makeApp(ports), `/api/admin/days${query}`, asOwner(OWNER_TOKEN, "GET"));
      expect([query, refused.status]).toEqual([query, 400]);
    }
  });

  it("[RT34] POST names a fault, and a vendor that this Worker asks itself with the remedy", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    const post = async (): Promise<Problem> =>
      v.parse(Problem, (await ask(makeApp(ports), PATH, asOwner(OWNER_TOKEN, "POST", "{}"))).json);
    ports.deliveries.taken = { status: "bad", text: "day: is missing" };
    expect(await post()).toMatchObject({
      status: 400,
      type: "/problems/bad-body",
      detail: "day: is missing",
    });
    ports.deliveries.taken = { status: "asked_here", source: "krx" };
    expect(await post()).toMatchObject({
      status: 409,
      type: "/problems/asked-here",
      detail: expect.stringMatching(/asks krx itself.*MARKET_SOURCES/),
    });
  });

  describe("in the object", () => {
    beforeEach(freshStores);

    it("[RT34] a session is stored once, with its origin, and what is wanted after it comes with the answer", async ({
      expect,
    }) => {
      const app = makeApp(composeHttp(env));
      const cells = [10, 12, 9, 11, 100, 1_100, 1_000, 10];
      const facts = { source: "krx", close: "regular", final: true };
      // The object goes by the clock of the machine, and takes a delivery of its own last sessions alone.
      const [day] = sessionsBefore(tradingDayAt(Date.now()), 1);
      assert(day !== undefined, "The calendar knows the last session");
      const at = Date.now();
      const ok = (value: unknown): object => ({ status: "ok", at, value });
      const body = JSON.stringify({
        kind: "official_day",
        day: formatTradingDay(day),
        answers: [
          { call: "day", ...facts, board: "KOSPI", answer: ok([["005930", cells]]) },
          { call: "day", ...facts, board: "KOSDAQ", answer: ok([["000020", cells]]) },
          {
            call: "indices",
            ...facts,
            answer: ok([
              ["KOSPI", cells],
              ["KOSDAQ", cells],
            ]),
          },
        ],
      });
      const send = async (): Promise<DeliveryAnswer> =>
        v.parse(DeliveryAnswer, (await ask(app, PATH, asOwner(env.OWNER_TOKEN, "POST", body))).json);
      expect(await send()).toMatchObject({
        status: "stored",
        text: "2 rows: 2 new",
        wanted: { backfill: { sessions: 1, wanted: 250 } },
      });
      expect(await send()).toMatchObject({ status: "repeated" });
      const columns = await krxBook().series("005930");
      expect(originFactsOf(columns?.origin?.[0] ?? Number.NaN, day)).toEqual({
        close: "regular",
        final: true,
      });
      expect([...(await krxBook().origins()).values()].map(({ source }) => source)).toEqual(["krx"]);
      expect((await krxBook().indexSeries("KOSDAQ"))?.close).toEqual(new Float64Array([11]));
      const gone = await ask(app, PATH, asOwner(env.OWNER_TOKEN, "POST", body.replace("005930", "5930")));
      expect(v.parse(Problem, gone.json)).toMatchObject({
        status: 400,
        detail: '"5930" is no ticker of KRX',
      });
    });
  });
});
