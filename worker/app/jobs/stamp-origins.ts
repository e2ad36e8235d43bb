/** IG20, IG21: what an import writes beside its rows: which close they hold, and whether their session was over when they came. */
import {
  CLOSE_KINDS,
  type CloseKind,
  type Origin,
  originCode,
  originFactsOf,
  TWO_CLOSES_SINCE,
} from "../../core/bars/origin.ts";
import type { Columns, Row } from "../../core/bars/columns.ts";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import {
  formatTradingDay,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../core/calendar/trading-day.ts";
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { ReadLine, UnreadableFile } from "../ports/ingest.ts";

/**
 * One import. `close`: which close the file holds, `null` when nobody stated it; of a file with `unknown` closes (an older
 * backup) rows without an origin of their own get none. `now` in milliseconds since the epoch. */
export interface Delivery {
  readonly exchange: Exchange;
  readonly close: CloseKind | null;
  readonly now: number;
  /** Those that the file names itself, by the numbers in its rows' codes. */
  readonly origins: readonly Origin[];
}

/** A simulated exchange has no after-market. */
function hasTwoCloses(exchange: Exchange): boolean {
  return profileOf(exchange).calendar === "krx";
}

/**
 * IG20: a file whose rows have two possible closes must state which one it holds; `null` when it did, or need not. A day that
 * has not come has no close: its row is refused by itself.
 */
export function refuseUnstated(
  lines: readonly ReadLine<Row>[],
  { exchange, close, now }: Delivery,
): UnreadableFile | null {
  if (close !== null || !hasTwoCloses(exchange)) {
    return null;
  }
  const today = tradingDayAt(now);
  const line = lines.find(
    ({ value: { day, origin } }) => day >= TWO_CLOSES_SINCE && day <= today && origin === undefined,
  );
  return line === undefined
    ? null
    : {
        unreadable: `Line ${line.line} is of ${formatTradingDay(line.value.day)}: since ${formatTradingDay(TWO_CLOSES_SINCE)} a day has two closes, and the file does not state which one it holds. State it: --close regular (15:30, as KRX Open API) or --close last (after-market, as the KRX portal, pykrx, FinanceDataReader, Naver); by REST ?close=regular or ?close=last.`,
        field: "close",
      };
}

/** From the close that the next base price counts from to one of which nothing is known. */
function rank(kind: CloseKind): number {
  return CLOSE_KINDS.indexOf(kind);
}

/** IG21: refuses rows whose close is of a lesser kind than that of the stored rows of their day; `stored` has these. */
export function otherCloseRule(
  delivery: Delivery,
  stored: ReadonlyMap<number, CloseKind>,
): (row: Row) => string | null {
  const stamp = makeStamp(delivery);
  return ({ day, origin }) => {
    const known = stored.get(day);
    // A backup states each row's own origin, and its rows take the place of what is stored.
    const isOther =
      known !== undefined &&
      origin === undefined &&
      rank(originFactsOf(stamp.codeOf(day), day).close) > rank(known);
    return isOther ? "other_close" : null;
  };
}

/** The origins that the codes of the stamped rows name, and the code of a row of a day that names none itself. */
interface Stamp {
  readonly origins: readonly Origin[];
  codeOf(day: number): number;
}

/** A row is provisional when its session could still move it: it is today's, and came before the close. */
function isFinal(day: TradingDay, now: number): boolean {
  const calendar = calendarDay(day);
  return day !== tradingDayAt(now) || calendar.kind !== "session" || now >= calendar.closesAt;
}

export function makeStamp({ exchange, close, now, origins }: Delivery): Stamp {
  const kinds: Origin[] = [];
  const codes = new Map<number, number>();
  return {
    get origins() {
      return [...origins, ...kinds];
    },
    codeOf(day) {
      const known = codes.get(day);
      if (known !== undefined) {
        return known;
      }
      if (close === "unknown") {
        return Number.NaN;
      }
      const final = !hasTwoCloses(exchange) || isFinal(tradingDayOf(day), now);
      const held = day < TWO_CLOSES_SINCE || !hasTwoCloses(exchange) ? "regular" : (close ?? "unknown");
      let at = kinds.findIndex((kind) => kind.close === held && kind.final === final);
      if (at < 0) {
        at = kinds.push({ source: "file", close: held, final, receivedAt: now }) - 1;
      }
      const code = originCode(origins.length + at + 1, { close: held, final });
      codes.set(day, code);
      return code;
    },
  };
}

/** The columns with an origin in every row. */
export function stamped(columns: Columns, stamp: Stamp): Columns {
  const own = columns.origin;
  return {
    ...columns,
    origin: columns.day.map((day, i) => {
      const code = own?.[i] ?? Number.NaN;
      return Number.isNaN(code) ? stamp.codeOf(day) : code;
    }),
  };
}
