import { accessTokenContract } from "../../app/ports/access-token.contract.ts";
import type { VendorWorld } from "../../app/ports/day-source.contract.ts";
import type { MasterLine } from "../../app/ports/market-sources.ts";
import { marketSnapshotContract } from "../../app/ports/market-snapshot.contract.ts";
import { masterSourceContract } from "../../app/ports/master-source.contract.ts";
import { sessionOracleContract } from "../../app/ports/session-oracle.contract.ts";
import { midnightOf, type TradingDay, tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { TOKEN_LIFE_MS } from "../../testing/fakes/kis/kis-token.ts";
import { dayOf, type KisStage, stageKis } from "../../testing/stage/kis-stage.ts";
import type { Kis } from "./kis.ts";

/** What the worlds of all sources have in common. */
function worldOf<Source>(
  stage: KisStage,
  of: (kis: Kis) => Source,
  calls: () => number,
): VendorWorld<Source> {
  return {
    source: of(stage.kis),
    reborn: () => of(stage.reborn()),
    calls,
    counted: () => stage.counted(),
    moveTo: (at) => {
      stage.clock.moveTo(at);
    },
    now: () => stage.clock.now(),
    deny: (why) => {
      stage.fake.traps.denied = why === null ? null : "EGW00303";
    },
    cut: (on) => {
      stage.fake.traps.cut = on;
    },
    // The vendor grants a rate and no number of calls a day.
    spend: () => Promise.resolve(),
    end: () => stage.end(),
  };
}

const SESSION = dayOf("2026-09-16");

marketSnapshotContract("KIS", async () => {
  const stage = await stageKis();
  const truth = (day: TradingDay) =>
    stage.exchange
      .rows(day)
      .map(({ listing: { ticker }, close: price, open, high, low, volume, value, base }) => ({
        ticker,
        price,
        open,
        high,
        low,
        volume,
        value,
        base,
      }));
  return {
    ...worldOf(
      stage,
      ({ snapshot }) => snapshot,
      () => stage.fake.dataCalls,
    ),
    session: SESSION,
    tickers: [...truth(SESSION).map(({ ticker }) => ticker), tickerOf("999990")],
    truth,
    addForeignRows: (on) => {
      stage.fake.traps.foreignRows = on;
    },
    slow: (ms) => {
      stage.fake.traps.onCall = () => {
        stage.clock.advance(ms);
      };
    },
  };
});

masterSourceContract("KIS", async () => {
  const stage = await stageKis({ at: "2026-09-16T08:40:00" });
  const files = (): number => stage.fake.calls.get("/common/master/kospi_code.mst.zip") ?? 0;
  return {
    ...worldOf(stage, ({ master }) => master, files),
    published: SESSION,
    unpublished: tradingDayOf(SESSION - 1),
    truth: (day) =>
      stage.exchange
        .rows(day)
        .map(({ listing: { ticker, name, company, notice, listedOn, shares } }): MasterLine => ({
          ticker,
          name,
          market: company.board,
          kind: company.kind,
          notice,
          listedOn: tradingDayOf(listedOn),
          listedShares: 1_000 * Math.floor(shares / 1_000),
        })),
  };
});

sessionOracleContract("KIS", async () => {
  const stage = await stageKis({ at: "2026-09-16T08:40:00", decreed: [dayOf("2026-09-21")] });
  return {
    ...worldOf(
      stage,
      ({ oracle }) => oracle,
      () => stage.fake.calls.get("chk-holiday") ?? 0,
    ),
    from: tradingDayAt(midnightOf(SESSION)),
    isOpen: (day) => stage.exchange.isOpen(day),
  };
});

accessTokenContract("KIS", async () => {
  const stage = await stageKis();
  const use = async (kis: Kis): Promise<boolean> =>
    (await kis.history.index("KOSPI", dayOf("2026-09-01"), dayOf("2026-09-04"))).status === "ok";
  return {
    use: () => use(stage.kis),
    useReborn: () => use(stage.reborn()),
    asked: () => stage.fake.tokens.asked,
    advance: (ms) => {
      stage.clock.advance(ms);
    },
    expire: () => {
      stage.fake.tokens.expire();
    },
    refuse: (on) => {
      stage.fake.tokens.refusing = on;
    },
    lifeMs: TOKEN_LIFE_MS,
    end: () => stage.end(),
  };
});
