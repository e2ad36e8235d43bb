/** The adapter of KRX before its fake, as the contracts of its ports ask for it. */
import { countedCalls } from "../../adapters/upstream/daily-limits.ts";
import { KrxSource } from "../../adapters/krx/krx-source.ts";
import type { DayWorld, VendorWorld } from "../../app/ports/day-source.contract.ts";
import type { MasterLine } from "../../app/ports/market-sources.ts";
import type { MasterWorld } from "../../app/ports/master-source.contract.ts";
import { tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../builders/signal-builder.ts";
import type { Listing } from "../fakes/exchange/listing.ts";
import { type ExchangeOptions, regularRow } from "../fakes/exchange/simulated-exchange.ts";
import type { VendorStage } from "../fakes/vendor-stage.ts";

/** Around the first session with an after-market. */
export const KRX_EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-08-10"),
  last: dayOf("2026-10-16"),
  names: 40,
  seed: 1,
};
/** The session that is published at {@link KRX_MORNING}. */
export const KRX_PUBLISHED = dayOf("2026-09-14");
export const KRX_MORNING: number = Date.parse("2026-09-15T08:10:00+09:00");

/** What a morning asks first. */
export const KRX_FIRST_SERVICE = "sto/stk_bydd_trd";

export function krxSourceOf(stage: VendorStage, patienceMs = 5_000): KrxSource {
  const access = { base: stage.vars["KRX_BASE"] ?? "", key: stage.vars["KRX_AUTH_KEY"] ?? "" };
  return new KrxSource(access, { ...stage.surroundings(), patienceMs });
}

function worldOf(stage: VendorStage): VendorWorld<KrxSource> {
  const { krx, clock, store } = stage;
  return {
    source: krxSourceOf(stage),
    reborn: () => krxSourceOf(stage),
    calls: () => krx.callsInAll,
    counted: () => countedCalls("krx", store, clock),
    moveTo: (to) => {
      clock.moveTo(to);
    },
    now: () => clock.now(),
    deny: (why) => {
      krx.key = why === "bad_key" ? "another" : (stage.vars["KRX_AUTH_KEY"] ?? "");
      krx.traps.unapproved.clear();
      if (why === "service_not_approved") {
        krx.traps.unapproved.add(KRX_FIRST_SERVICE);
      } else if (why === "blocked") {
        krx.block();
      } else if (why === "quota") {
        krx.useQuota(10_000);
      }
    },
    cut: (on) => {
      krx.traps.cut = on;
    },
    spend: () => store.put("krx:calls", JSON.stringify({ day: tradingDayAt(clock.now()), calls: 10_000 })),
    end: () => stage.end(),
  };
}

/** `stage`: as {@link KRX_EXCHANGE} at {@link KRX_MORNING}. */
export function krxDayWorld(stage: VendorStage): DayWorld {
  const { krx, exchange } = stage;
  return {
    ...worldOf(stage),
    denials: ["bad_key", "service_not_approved", "blocked", "quota"],
    boards: ["KOSPI", "KOSDAQ"],
    published: KRX_PUBLISHED,
    unpublished: dayOf("2026-09-15"),
    closed: [dayOf("2026-08-17"), dayOf("2026-09-12"), dayOf("2026-09-24")],
    shiftDays: (on) => {
      krx.traps.shiftDays = on;
    },
    truth: (day, board) =>
      exchange
        .rows(day)
        .filter(({ listing }) => listing.company.board === board)
        .map((row) => ({ key: row.listing.ticker, row: regularRow(row) })),
    indexTruth: (day) =>
      (["KOSPI", "KOSDAQ"] as const).flatMap((key) => {
        const row = exchange.index(day, key);
        if (row === null) {
          return [];
        }
        const { board: _, ...figures } = row;
        return [{ key, row: { ...figures, shares: null } }];
      }),
  };
}

/** The exchange publishes no notice of KOSPI here, and of a liquidation that the company is under administration. */
function lineOf({ ticker, name, nameEn, company, notice, listedOn, shares }: Listing): MasterLine {
  return {
    ticker,
    name,
    nameEn,
    market: company.board,
    kind: company.kind,
    ...(company.board === "KOSDAQ" && { notice: notice === "liquidation" ? "administration" : notice }),
    listedOn: tradingDayOf(listedOn),
    listedShares: shares,
  };
}

/** `stage`: as {@link KRX_EXCHANGE} at {@link KRX_MORNING}. */
export function krxMasterWorld(stage: VendorStage): MasterWorld {
  return {
    ...worldOf(stage),
    published: KRX_PUBLISHED,
    unpublished: dayOf("2026-09-15"),
    truth: (day) => stage.exchange.rows(day).map(({ listing }) => lineOf(listing)),
  };
}
