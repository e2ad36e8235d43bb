/** What happens to the companies of the simulated exchange, each kind once among the first thirty and again in every hundred. */
import type { Notice } from "../../../core/instrument/instrument.ts";
import { type Ticker, tickerOf } from "../../../core/nominal.ts";

/** Sessions are counted from 0. What happens at `at` shows in that session's base price, shares, code or name. */
export type CompanyEvent =
  /** `shares`: new shares for an old one. `auction`: base price of the reopening over the one that the shares give. */
  | {
      readonly kind: "split";
      readonly at: number;
      readonly shares: number;
      readonly haltedFor: number;
      readonly auction: number;
    }
  /** One new share for each old one; the master counts them `later` sessions after the price. */
  | { readonly kind: "bonus"; readonly at: number; readonly later: number }
  /** The base price is so much lower than the close before. */
  | { readonly kind: "ex_rights"; readonly at: number; readonly factor: number }
  | { readonly kind: "halt"; readonly at: number; readonly sessions: number }
  /** The first session, at `offer` won; the close is about twice that. */
  | { readonly kind: "listing"; readonly at: number; readonly offer: number }
  /** `at` is the first session without a row; under liquidation for six sessions before. */
  | { readonly kind: "delisting"; readonly at: number }
  | { readonly kind: "rename"; readonly at: number; readonly name: string; readonly nameEn: string }
  | { readonly kind: "recode"; readonly at: number; readonly ticker: Ticker }
  | { readonly kind: "notice"; readonly at: number; readonly until: number; readonly notice: Notice };

/** Companies of a hundred to which nothing happens, but for these. */
const CYCLE = 100;
const LIQUIDATION_SESSIONS = 6;

/** None is a preferred share, a fund or suspended, so that each shows in the ordinary rows of both boards. */
function plan(place: number, session: (share: number) => number): readonly CompanyEvent[] {
  switch (place) {
    case 0: {
      return [{ kind: "split", at: session(0.45), shares: 5, haltedFor: 3, auction: 1 }];
    }
    case 1: {
      return [{ kind: "bonus", at: session(0.5), later: 4 }];
    }
    case 2: {
      return [{ kind: "split", at: session(0.7), shares: 0.1, haltedFor: 5, auction: 0.86 }];
    }
    case 5: {
      return [{ kind: "ex_rights", at: session(0.55), factor: 0.96 }];
    }
    case 8: {
      return [{ kind: "halt", at: session(0.5), sessions: 4 }];
    }
    case 10: {
      return [{ kind: "listing", at: session(0.4), offer: 14_000 }];
    }
    case 11: {
      return [{ kind: "delisting", at: session(0.75) }];
    }
    case 14: {
      return [{ kind: "rename", at: session(0.6), name: "다시온테크", nameEn: "DASION TECH" }];
    }
    case 15: {
      return [{ kind: "recode", at: session(0.65), ticker: tickerOf("") }];
    }
    case 16: {
      return [
        { kind: "notice", at: session(0.3), until: session(0.8), notice: "administration" },
        { kind: "ex_rights", at: session(0.85), factor: 0.985 },
      ];
    }
    case 17: {
      return [{ kind: "notice", at: session(0.2), until: Number.POSITIVE_INFINITY, notice: "caution" }];
    }
    case 18: {
      return [{ kind: "notice", at: session(0.35), until: session(0.9), notice: "administration" }];
    }
    case 19: {
      return [{ kind: "split", at: session(0.62), shares: 2, haltedFor: 2, auction: 1 }];
    }
    default: {
      return [];
    }
  }
}

/** The events of company `index` within so many sessions; later hundreds have theirs some sessions off. */
export function eventsOf(index: number, sessions: number): readonly CompanyEvent[] {
  const round = Math.floor(index / CYCLE);
  const shift = (round * 7) % Math.max(1, Math.floor(sessions / 10));
  const session = (share: number): number =>
    Math.min(sessions - 1, Math.max(1, Math.floor(share * sessions) + shift));
  const renumbered = round === 0 ? "" : String(round);
  return plan(index % CYCLE, session).map((event) => {
    if (event.kind === "recode") {
      return { ...event, ticker: tickerOf(`${String(9_000 - index).padStart(4, "0")}N0`) };
    }
    return event.kind === "rename"
      ? {
          ...event,
          name: `${event.name}${renumbered}`,
          nameEn: `${event.nameEn} ${renumbered}`.trim(),
        }
      : event;
  });
}

/** Whether a company has a row in a session. */
export function isListed(events: readonly CompanyEvent[], session: number): boolean {
  return events.every(
    (event) =>
      !(
        (event.kind === "listing" && session < event.at) ||
        (event.kind === "delisting" && session >= event.at)
      ),
  );
}

/** Whether a listed company does not trade in a session. */
export function isHalted(events: readonly CompanyEvent[], session: number): boolean {
  return events.some(
    (event) =>
      (event.kind === "split" && session < event.at && session >= event.at - event.haltedFor) ||
      (event.kind === "halt" && session >= event.at && session < event.at + event.sessions),
  );
}

/** Listed shares as the master and the rows of a session count them. */
export function sharesOf(shares: number, events: readonly CompanyEvent[], session: number): number {
  return events.reduce((count, event) => {
    if (event.kind === "split" && session >= event.at) {
      return Math.round(count * event.shares);
    }
    return event.kind === "bonus" && session >= event.at + event.later ? count * 2 : count;
  }, shares);
}

/** The notice of a session; a liquidation counts before any other. */
export function noticeOf(events: readonly CompanyEvent[], session: number): Notice | null {
  const isLiquidated = events.some(
    (event) => event.kind === "delisting" && session >= event.at - LIQUIDATION_SESSIONS && session < event.at,
  );
  if (isLiquidated) {
    return "liquidation";
  }
  for (const event of events) {
    if (event.kind === "notice" && session >= event.at && session < event.until) {
      return event.notice;
    }
  }
  return null;
}
