/** Three months in which everything happens that the vendors are known for, each on a day of its own, so that a test can name it. */
import { closingWindow } from "../../core/calendar/closing-window.ts";
import { midnightOf, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../builders/signal-builder.ts";
import type { MarketWorld } from "./market-world.ts";

const MORNING = [8 * 60 + 5, 9 * 60 + 55] as const;
export const FIRST = dayOf("2026-09-01");
export const LAST = dayOf("2026-11-20");
export const EXAM = dayOf("2026-11-19");
export const DECREED = dayOf("2026-10-14");
/** The vendor of the evening ends every connection. */
export const DOWN = dayOf("2026-09-15");
/** It refuses each third call for its rate. */
const HURRIED = dayOf("2026-09-17");
/** It has lost the token. */
const EXPIRED = dayOf("2026-09-21");
/** The key has lost its right, until the next day. */
export const DENIED = dayOf("2026-10-06");
/** The answers of the first turn take until after the after-market has begun. */
export const SLOW = dayOf("2026-10-12");
export const FORGOTTEN_EVENING = dayOf("2026-10-20");
/** No turn of the clock before noon: the program is down. */
export const FORGOTTEN_MORNING = dayOf("2026-10-29");
/** The official rows come at half past nine. */
export const LATE = dayOf("2026-09-10");
/** They come in part until nine. */
export const PARTIAL = dayOf("2026-09-18");
/** The official vendor takes the caller for a robot, for a day. */
export const BLOCKED = dayOf("2026-09-29");
export const WITHOUT_EVENING = [DOWN, DENIED, SLOW, FORGOTTEN_EVENING];

export async function playEvening(world: MarketWorld, day: TradingDay): Promise<void> {
  const { kis, clock } = world.stage;
  const window = closingWindow(day);
  if (window === null || day === FORGOTTEN_EVENING) {
    return;
  }
  kis.traps.cut = day === DOWN;
  kis.traps.refuseEvery = day === HURRIED ? 3 : 0;
  kis.traps.denied = day === DENIED ? "EGW00303" : null;
  kis.traps.onCall =
    day === SLOW
      ? () => {
          clock.advance(13 * 60_000);
        }
      : null;
  if (day === EXPIRED) {
    kis.tokens.expire();
  }
  const first = (window.from - midnightOf(day)) / 60_000 + 3;
  await world.turns(day, [first, first + 20]);
  kis.traps.onCall = null;
}

export async function playMorning(world: MarketWorld, day: TradingDay): Promise<void> {
  const { krx } = world.stage;
  if (day === FORGOTTEN_MORNING) {
    return;
  }
  const before = world.stage.exchange.sessionUpTo(tradingDayOf(day - 1)) ?? day;
  await world.turns(day, MORNING, (minute) => {
    krx.traps.partial.clear();
    if (day === PARTIAL && minute < 9 * 60) {
      krx.traps.partial.set(before, 0.5);
    } else if (day === BLOCKED && minute === MORNING[0]) {
      krx.block();
    }
  });
}

/** 18:20, the clock's own scan. */
export async function playNight(world: MarketWorld, day: TradingDay): Promise<void> {
  world.stage.clock.moveTo(midnightOf(day) + (18 * 60 + 20) * 60_000);
  await world.book.followMarket();
  await world.evening();
}

/** What the months must have and have not: a month without its troubles proves nothing. */
export function missingTroubles({ stage: { exchange } }: MarketWorld): readonly string[] {
  const events = exchange.events().filter(({ day }) => day >= FIRST && day < LAST);
  const count = (kind: string): number => events.filter(({ event }) => event.kind === kind).length;
  const bonus = events.find(({ event }) => event.kind === "bonus");
  const sharesOn = (day: TradingDay): number | undefined =>
    exchange.rowOf(day, bonus?.company.ticker ?? "")?.listing.shares;
  const drifting = new Set(
    exchange.sessions.flatMap((day) =>
      exchange
        .rows(day)
        .flatMap(({ listing, close, last }) => (last.close === close ? [] : [listing.company.index])),
    ),
  );
  const traded = new Set(
    exchange.sessions.flatMap((day) =>
      exchange.rows(day).flatMap(({ listing, volume }) => (volume === 0 ? [] : [listing.company.index])),
    ),
  );
  const exam = exchange.hoursOf(EXAM);
  const has: Readonly<Record<string, boolean>> = {
    "two splits": count("split") >= 2,
    "a bonus issue without a change of shares":
      bonus !== undefined && sharesOn(bonus.day) === sharesOn(tradingDayOf(bonus.day - 1)),
    "a halt and its reopening": count("halt") > 0,
    "a listing and a delisting": count("listing") > 0 && count("delisting") > 0,
    "a code change": count("recode") > 0,
    "the hours of the exam": exam !== null && exam.closesAt === midnightOf(EXAM) + (16 * 60 + 30) * 60_000,
    "a holiday of the calendar": !exchange.isOpen(dayOf("2026-09-24")),
    "an after-market that moves every name":
      traded.size > 30 && [...traded].every((one) => drifting.has(one)),
  };
  return Object.entries(has).flatMap(([name, isThere]) => (isThere ? [] : [name]));
}
