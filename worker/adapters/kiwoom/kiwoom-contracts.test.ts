import { accessTokenContract } from "../../app/ports/access-token.contract.ts";
import type { VendorWorld } from "../../app/ports/day-source.contract.ts";
import type { MarketQuote, MasterLine } from "../../app/ports/market-sources.ts";
import { marketSnapshotContract } from "../../app/ports/market-snapshot.contract.ts";
import { masterSourceContract } from "../../app/ports/master-source.contract.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { KIWOOM_TOKEN_LIFE_MS } from "../../testing/fakes/kiwoom/fake-kiwoom.ts";
import { dayOf } from "../../testing/stage/kis-stage.ts";
import { type KiwoomStage, stageKiwoom } from "../../testing/stage/kiwoom-stage.ts";
import type { Kiwoom } from "./kiwoom.ts";

/** What the worlds of all sources have in common. */
function worldOf<Source>(stage: KiwoomStage, of: (kiwoom: Kiwoom) => Source): VendorWorld<Source> {
  return {
    source: of(stage.kiwoom),
    reborn: () => of(stage.reborn()),
    calls: () => stage.fake.dataCalls,
    counted: () => stage.counted(),
    moveTo: (at) => {
      stage.clock.moveTo(at);
    },
    now: () => stage.clock.now(),
    deny: (why) => {
      stage.fake.traps.denied = why === null ? null : "8050";
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
const MILLION = 1_000_000;

marketSnapshotContract("Kiwoom", async () => {
  const stage = await stageKiwoom({ names: 260 });
  const truth = (day: TradingDay): readonly MarketQuote[] =>
    stage.exchange
      .rows(day)
      .map(({ listing: { ticker }, close: price, open, high, low, volume, value, base }) => ({
        ticker,
        price,
        open,
        high,
        low,
        volume,
        // The vendor counts millions.
        value: MILLION * Math.floor(value / MILLION),
        base,
      }));
  return {
    ...worldOf(stage, ({ snapshot }) => snapshot),
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

masterSourceContract("Kiwoom", async () => {
  const stage = await stageKiwoom({ at: "2026-09-16T08:40:00" });
  stage.fake.traps.pageRows = 40;
  return {
    ...worldOf(stage, ({ master }) => master),
    published: SESSION,
    unpublished: tradingDayOf(SESSION - 1),
    truth: (day) =>
      stage.exchange
        .rows(day)
        .map(({ listing: { ticker, name, company, notice, listedOn, shares } }): MasterLine => ({
          ticker,
          name,
          market: company.board,
          // The list has no mark of a fund whose units trade as shares.
          kind: company.kind === "fund" ? "common" : company.kind,
          notice,
          listedOn: tradingDayOf(listedOn),
          listedShares: shares,
          industry: "화학",
        })),
  };
});

accessTokenContract("Kiwoom", async () => {
  const stage = await stageKiwoom();
  const use = async (kiwoom: Kiwoom): Promise<boolean> =>
    (await kiwoom.history.index("KOSPI", dayOf("2026-09-01"), dayOf("2026-09-04"))).status === "ok";
  return {
    use: () => use(stage.kiwoom),
    useReborn: () => use(stage.reborn()),
    asked: () => stage.fake.calls.get("au10001") ?? 0,
    advance: (ms) => {
      stage.clock.advance(ms);
    },
    expire: () => {
      stage.fake.expireTokens();
    },
    refuse: (on) => {
      stage.fake.traps.noToken = on;
    },
    lifeMs: KIWOOM_TOKEN_LIFE_MS,
    end: () => stage.end(),
  };
});
