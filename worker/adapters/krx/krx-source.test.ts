import { describe, type ExpectStatic, it, vi } from "vitest";
import { daySourceContract, outcomeOf, valueOf } from "../../app/ports/day-source.contract.ts";
import { masterSourceContract } from "../../app/ports/master-source.contract.ts";
import { adjust } from "../../core/bars/adjust.ts";
import { columnsOf, rowAt } from "../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { stageVendors } from "../../testing/fakes/served-stage.ts";
import type { VendorStage } from "../../testing/fakes/vendor-stage.ts";
import {
  KRX_EXCHANGE,
  KRX_MORNING,
  KRX_PUBLISHED,
  krxDayWorld,
  krxMasterWorld,
  krxSourceOf,
} from "../../testing/stage/krx-stage.ts";
import { countedCalls } from "../upstream/daily-limits.ts";
import { KrxSource } from "./krx-source.ts";

const at = (time: string): number => Date.parse(`2026-${time}+09:00`);
const PUBLISHED = KRX_PUBLISHED;

const stageOfMorning = (): Promise<VendorStage> => stageVendors(KRX_EXCHANGE, KRX_MORNING);

daySourceContract("KRX over HTTP", async () => krxDayWorld(await stageOfMorning()));
masterSourceContract("KRX over HTTP", async () => krxMasterWorld(await stageOfMorning()));

/** A test on a stage of its own, which is ended whatever happens. */
function onStage(
  play: (stage: VendorStage, source: KrxSource, expect: ExpectStatic) => Promise<void>,
): (context: { readonly expect: ExpectStatic }) => Promise<void> {
  return async ({ expect }) => {
    const stage = await stageOfMorning();
    try {
      await play(stage, krxSourceOf(stage), expect);
    } finally {
      await stage.end();
    }
  };
}

const retryAt = async (source: KrxSource, day: TradingDay): Promise<number | null> => {
  const answer = await source.day(day, "KOSDAQ");
  return answer.status === "not_ready" ? answer.retryAt : null;
};

describe("the KRX Open API", () => {
  it(
    "[KX1] a morning is six calls, each with the key in its header and nowhere else",
    onStage(async (stage, source, expect) => {
      await source.day(PUBLISHED, "KOSPI");
      await source.day(PUBLISHED, "KOSDAQ");
      await source.indices(PUBLISHED);
      await source.instruments(PUBLISHED);
      expect([...stage.krx.calls].map(([service, calls]) => `${service} ${calls}`).toSorted()).toEqual([
        "idx/kosdaq_dd_trd 1",
        "idx/kospi_dd_trd 1",
        "sto/ksq_bydd_trd 1",
        "sto/ksq_isu_base_info 1",
        "sto/stk_bydd_trd 1",
        "sto/stk_isu_base_info 1",
      ]);
    }),
  );

  it(
    "[KX1] a service that was not applied for is named with where to apply, and leaves the others alone",
    onStage(async (stage, source, expect) => {
      stage.krx.traps.unapproved.add("sto/ksq_bydd_trd");
      expect(await source.day(PUBLISHED, "KOSDAQ")).toMatchObject({
        why: "service_not_approved",
        subject: expect.stringMatching(/^sto\/ksq_bydd_trd.*openapi\.krx\.co\.kr/),
      });
      expect(await outcomeOf(source.day(PUBLISHED, "KOSPI"))).toBe("ok");
      stage.krx.traps.unapproved.clear();
      expect(await outcomeOf(source.day(PUBLISHED, "KOSDAQ"))).toBe("denied service_not_approved");
      await source.forgetDenials();
      expect(await outcomeOf(source.day(PUBLISHED, "KOSDAQ"))).toBe("ok");
    }),
  );

  it(
    "[KX1] neither log, nor answer, nor error, nor what is stored holds the key",
    onStage(async (stage, source, expect) => {
      const secret = stage.vars["KRX_AUTH_KEY"] ?? "none";
      const texts: string[] = [];
      const keep = async (call: Promise<unknown>): Promise<void> => {
        try {
          texts.push(JSON.stringify(await call));
        } catch (error) {
          const { message, stack } = error instanceof Error ? error : new Error(String(error));
          texts.push(message, stack ?? "");
        }
      };
      stage.krx.traps.cut = true;
      await keep(source.day(PUBLISHED, "KOSPI"));
      stage.krx.traps.cut = false;
      stage.krx.traps.failing = 9;
      await keep(source.day(PUBLISHED, "KOSPI"));
      stage.krx.traps.failing = 0;
      stage.krx.key = "another";
      await keep(source.day(PUBLISHED, "KOSPI"));
      texts.push(JSON.stringify(stage.log.lines), JSON.stringify([...stage.store.values]));
      expect(texts.length).toBeGreaterThan(4);
      expect(stage.log.lines.length).toBeGreaterThan(0);
      expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    }),
  );

  it(
    "[KX1] a page with status 200 is a block, and nothing is asked for a day",
    onStage(async (stage, source, expect) => {
      stage.krx.block();
      expect(await outcomeOf(source.indices(PUBLISHED))).toBe("denied blocked");
      stage.clock.advance(86_400_000 - 60_000);
      expect(await outcomeOf(krxSourceOf(stage).day(PUBLISHED, "KOSPI"))).toBe("denied blocked");
      stage.clock.advance(60_000);
      expect(await outcomeOf(krxSourceOf(stage).day(PUBLISHED, "KOSPI"))).toBe("ok");
      expect(stage.krx.callsInAll).toBe(2);
    }),
  );

  it(
    "[KX2] a body without rows is a failure and never an empty day, and nothing of it is kept",
    onStage(async (stage, source, expect) => {
      stage.krx.traps.bodyless = true;
      for (const day of [PUBLISHED, dayOf("2026-09-15"), dayOf("2026-09-24")]) {
        expect(await outcomeOf(source.day(day, "KOSPI"))).toBe("failed for now");
      }
      stage.krx.traps.bodyless = false;
      expect(valueOf(await source.day(PUBLISHED, "KOSPI")).length).toBeGreaterThan(5);
    }),
  );

  it(
    "[KX2] a body of millions of empty rows is a failure, and is not parsed",
    onStage(async (stage, _source, expect) => {
      const parsed = vi.spyOn(JSON, "parse");
      try {
        for (const [body, status] of [
          [`{"OutBlock_1":[${"{},".repeat(2_600_000)}{}]}`, 200],
          [`{"OutBlock_1":${"[".repeat(3_900_000)}${"]".repeat(3_900_000)}}`, 200],
          [`{"respMsg":[${"{},".repeat(2_600_000)}{}]}`, 401],
        ] as const) {
          const answer = (): Promise<Response> => Promise.resolve(new Response(body, { status }));
          const access = { base: stage.vars["KRX_BASE"] ?? "", key: `key of ${body.length}` };
          const source = new KrxSource(access, { ...stage.surroundings(), fetch: answer });
          expect(await outcomeOf(source.day(PUBLISHED, "KOSPI"))).toBe(
            status === 200 ? "failed for now" : "denied bad_key",
          );
        }
        const longest = Math.max(0, ...parsed.mock.calls.map(([text]) => text.length));
        expect(longest).toBeLessThan(100_000);
      } finally {
        parsed.mockRestore();
      }
    }),
  );

  it(
    "[KX2] a host that lets this address not in is a failure for now, after three tries",
    onStage(async (stage, _source, expect) => {
      stage.krx.traps.silent = true;
      const source = krxSourceOf(stage, 60);
      expect(await outcomeOf(source.day(PUBLISHED, "KOSPI"))).toBe("failed for now");
      // What reached the fake in so short a time depends on the machine; what was counted does not.
      expect([await countedCalls("krx", stage.store, stage.clock), stage.log.lines.length]).toEqual([3, 2]);
    }),
  );

  it(
    "[KX2] two faults of the gateway pass, more are a failure for now",
    onStage(async (stage, source, expect) => {
      stage.krx.traps.failing = 2;
      expect(await outcomeOf(source.day(PUBLISHED, "KOSPI"))).toBe("ok");
      stage.krx.traps.failing = 3;
      expect(await outcomeOf(source.day(PUBLISHED, "KOSDAQ"))).toBe("failed for now");
    }),
  );

  it(
    "[KX4] prices are unadjusted, and base prices show each corporate action, with no after-market in them",
    onStage(async (stage, source, expect) => {
      const split = stage.exchange.events().find(({ event }) => event.kind === "split");
      const ticker = split?.company.ticker;
      const days = stage.exchange.sessions.filter((day) => Math.abs(day - (split?.day ?? 0)) < 12);
      stage.clock.moveTo(at("10-20T09:00:00"));
      const rows = [];
      for (const day of days) {
        const all = valueOf(await source.day(day, split?.company.board ?? "KOSPI"));
        const own = all.find((one) => one.ticker === ticker);
        rows.push(...(own === undefined ? [] : [rowAt(own.columns, 0)]));
      }
      const columns = columnsOf(rows);
      expect(adjust(columns).events.map(({ day }) => formatTradingDay(day))).toEqual([
        formatTradingDay(split?.day ?? PUBLISHED),
      ]);
      expect(columns.close.length).toBe(days.length);
    }),
  );

  it(
    "[KX7] a session is asked for again when it comes out, and then every ten minutes",
    onStage(async (stage, source, expect) => {
      const friday = dayOf("2026-09-18");
      stage.clock.moveTo(at("09-18T16:10:00"));
      expect(await retryAt(source, friday)).toBe(at("09-21T08:05:00"));
      stage.krx.traps.publishedAt.set(friday, at("09-21T09:30:00"));
      stage.clock.moveTo(at("09-21T08:05:00"));
      const late = await retryAt(source, friday);
      expect(Math.round(((late ?? 0) - at("09-21T08:05:00")) / 60_000)).toBe(10);
      stage.clock.moveTo(at("09-21T09:30:00"));
      expect(await outcomeOf(source.day(friday, "KOSDAQ"))).toBe("ok");
      // Wednesday before Chuseok comes out on Monday.
      stage.clock.moveTo(at("09-23T20:00:00"));
      expect(await retryAt(source, dayOf("2026-09-23"))).toBe(at("09-28T08:05:00"));
    }),
  );

  it(
    "[KX7] a weekend is closed without a call",
    onStage(async (stage, source, expect) => {
      expect(await source.day(dayOf("2026-09-13"), "KOSPI")).toEqual({ status: "closed" });
      expect(await source.instruments(dayOf("2026-09-12"))).toEqual({ status: "closed" });
      expect(stage.krx.callsInAll).toBe(0);
    }),
  );

  it(
    "[KX8] a day in part and a revised one are given as they are at each time",
    onStage(async (stage, source, expect) => {
      const whole = valueOf(await source.day(PUBLISHED, "KOSDAQ"));
      stage.krx.traps.partial.set(PUBLISHED, 0.5);
      expect(valueOf(await source.day(PUBLISHED, "KOSDAQ")).length).toBe(Math.floor(whole.length / 2));
      stage.krx.traps.partial.clear();
      stage.krx.traps.revise = (row) => ({ ...row, volume: row.volume === 0 ? 0 : row.volume + 1 });
      const revised = valueOf(await source.day(PUBLISHED, "KOSDAQ"));
      const volumes = (days: typeof whole): readonly number[] =>
        days.map(({ columns }) => rowAt(columns, 0).volume);
      expect(volumes(revised)).toEqual(volumes(whole).map((volume) => (volume === 0 ? 0 : volume + 1)));
    }),
  );
});
