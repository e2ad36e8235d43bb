/**
 * DY1: where a stored day of a ticker came from. Since 2026-09-14 the exchange trades on until 20:00, and sources differ on
 * which price of the day they call its close; a row that does not state it is compared wrongly with the next base price.
 */
import type { Columns } from "./columns.ts";
import { type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";

/** The first session with an after-market (16:00 to 20:00), 2026-09-14. Every close before it is the regular one of 15:30. */
export const TWO_CLOSES_SINCE: TradingDay = tradingDayOf(20_710);

/** `regular`: the auction of 15:30, from which the next base price counts. `last`: the last trade of the after-market. */
export const CLOSE_KINDS = ["regular", "last", "unknown"] as const;
export type CloseKind = (typeof CLOSE_KINDS)[number];

/** What one source delivered at one time. */
export interface Origin {
  /** `file` for an import; the name of a source that is asked by itself. */
  readonly source: string;
  readonly close: CloseKind;
  /** `false` while the session could still move the row when it was received. */
  readonly final: boolean;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** Lower-case words, so that a source is a cell of a CSV and a part of {@link formatOrigin}. */
const WRITTEN = /^([a-z][a-z0-9-]{0,30})\/(regular|last|unknown)\/(final|provisional)\/(\d{1,15})$/;

/** `file/last/final/1789455022000`: an origin as a backup writes it. */
export function formatOrigin({ source, close, final, receivedAt }: Origin): string {
  return `${source}/${close}/${final ? "final" : "provisional"}/${receivedAt}`;
}

/** `null` for any other text. */
export function parseOrigin(text: string): Origin | null {
  const [, source, close, finality, receivedAt] = WRITTEN.exec(text) ?? [];
  const kind = CLOSE_KINDS.find((one) => one === close);
  return source === undefined || kind === undefined
    ? null
    : { source, close: kind, final: finality === "final", receivedAt: Number(receivedAt) };
}

/** The part of an origin that a row of columns carries itself. */
export type OriginFacts = Pick<Origin, "close" | "final">;

const PROVISIONAL = 4;
const FACTS = 8;

/**
 * The number that stands in the column `origin`: `id` names a row of the book's table of origins, 0 none (the rows of a
 * simulated exchange, which has one source). The facts stand in the number itself, so that no reader needs the table.
 */
export function originCode(id: number, { close, final }: OriginFacts): number {
  return id * FACTS + (final ? 0 : PROVISIONAL) + CLOSE_KINDS.indexOf(close);
}

/** The row of the table of origins that a code names; 0 for none, also for a row without a code (`NaN`). */
export function originIdOf(code: number): number {
  return Number.isNaN(code) ? 0 : Math.floor(code / FACTS);
}

/** What a code states of a row of that day. A row without a code (`NaN`) was stored before codes were: final, its close unknown. */
export function originFactsOf(code: number, day: number): OriginFacts {
  const close = day < TWO_CLOSES_SINCE ? "regular" : (CLOSE_KINDS[code % PROVISIONAL] ?? "unknown");
  return { close, final: Number.isNaN(code) || code % FACTS < PROVISIONAL };
}

/** Whether two codes state the same of a row of that day; who delivered it, and when, is no difference. */
export function isSameOrigin(a: number, b: number, day: number): boolean {
  const [one, other] = [originFactsOf(a, day), originFactsOf(b, day)];
  return one.close === other.close && one.final === other.final;
}

/** BR3b: whether the close of a row is the one from which the next base price counts. */
export function hasRegularClose(columns: Columns, row: number): boolean {
  const day = columns.day[row] ?? 0;
  return (
    day < TWO_CLOSES_SINCE || originFactsOf(columns.origin?.[row] ?? Number.NaN, day).close === "regular"
  );
}
