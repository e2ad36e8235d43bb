/** The master of the demo market: who is listed where, since when, with which notice. */
import { assert } from "../../core/assert.ts";
import type { Instrument, Notice } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { Ticker } from "../../core/nominal.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { Chance } from "./chance.ts";
import { companyName, joinNames, stemOf } from "./company-names.ts";
import { demoDay } from "./demo-days.ts";
import { type DemoName, INDUSTRIES } from "./industries.ts";
import { KOSPI, type Slot, type Traits } from "./traits.ts";

/** D00001 for slot 0. */
export function demoTicker(slot: number): Ticker {
  const ticker = parseTicker("DEMO", `D${String(slot + 1).padStart(5, "0")}`);
  assert(ticker !== null, `Slot ${slot} has a ticker`);
  return ticker;
}

/**
 * The session (counted from the first of history) on which each slot's trading begins: 0 for nearly all, later for
 * about one common share in thirty.
 */
export function listingSessions(seed: number, slots: readonly Slot[], sessions: number): Int32Array {
  const chance = new Chance();
  return Int32Array.from(slots, ({ kind }, i) => {
    chance.aim(seed, i, 3);
    const young = kind === "spac" ? 0.3 : kind === "common" ? 0.035 : 0;
    return chance.uniform() < young ? chance.whole(1, Math.max(1, sessions - 3)) : 0;
  });
}

function noticeOf(chance: Chance, kind: Instrument["kind"]): Notice | null {
  const draw = chance.uniform();
  if (kind !== "common" || draw > 0.04) {
    return null;
  }
  return draw < 0.002 ? "liquidation" : draw < 0.026 ? "administration" : "caution";
}

function nameOf(slot: Slot, chance: number): DemoName {
  switch (slot.kind) {
    case "spac": {
      const number = 1 + Math.floor(9 * chance);
      return joinNames(stemOf(slot.company), [`제${number}호스팩`, `No. ${number} SPAC`]);
    }
    case "reit":
      return joinNames(stemOf(slot.company), ["리츠", "REIT"]);
    case "common":
    case "preferred":
    case "fund":
      return companyName(slot.company, slot.industry, chance);
  }
}

/** Who is listed, and since which session. */
export interface Listing {
  readonly slots: readonly Slot[];
  readonly traits: Traits;
  readonly listed: Int32Array;
}

/** `listedShares` is the number before any split of the demo's course; {@link DemoState} holds the running one. */
export function instrumentsOf(seed: number, sessions: number, listing: Listing): readonly Instrument[] {
  const chance = new Chance();
  return listing.slots.map((slot, i): Instrument => {
    // The company's stream, not the slot's: a preferred share carries its company's name.
    const [name, nameEn] = nameOf(slot, chance.aim(seed, slot.company, 4).uniform());
    chance.aim(seed, i, 5);
    const notice = noticeOf(chance, slot.kind);
    const session = listing.listed[i] ?? 0;
    return {
      ticker: demoTicker(i),
      name: slot.kind === "preferred" ? `${name}우` : name,
      nameEn: slot.kind === "preferred" ? `${nameEn} (1P)` : nameEn,
      market: slot.board === KOSPI ? "KOSPI" : "KOSDAQ",
      kind: slot.kind,
      notice,
      industry: INDUSTRIES[slot.industry]?.name ?? null,
      listedOn: session > 0 ? demoDay(session - sessions + 1) : longAgo(chance, sessions),
      listedShares: listing.traits.shares[i] ?? null,
    };
  });
}

/** A weekday one to thirty years before history begins. */
function longAgo(chance: Chance, sessions: number): TradingDay {
  return tradingDayOf(demoDay(-sessions - chance.whole(260, 7_800)));
}
