/** DY1, BK41: the origins that rows name by number, and which close each day's rows hold, so that two kinds never stand in one day. */
import type { TickerColumns } from "../../app/ports/market-book.ts";
import {
  CLOSE_KINDS,
  type CloseKind,
  type Origin,
  originCode,
  originFactsOf,
  originIdOf,
  TWO_CLOSES_SINCE,
} from "../../core/bars/origin.ts";
import type { BookStorage } from "./book-tables.ts";

/** What one source delivers within an hour is one origin: a chunked import has one time, and the table stays small. */
const ONE_DELIVERY_MS = 3_600_000;

interface StoredOrigin extends Record<string, SqlStorageValue> {
  readonly id: number;
  readonly source: string;
  readonly close: string;
  readonly final: number;
  readonly received_at: number;
}

function closeOf(text: string): CloseKind {
  return CLOSE_KINDS.find((kind) => kind === text) ?? "unknown";
}

export class OriginTable {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /**
   * The chunk with the numbers of this table: a code of the chunk names `origins[id - 1]`, and 0 none. To be called inside the
   * transaction of the rows.
   */
  adopt(chunk: readonly TickerColumns[], origins: readonly Origin[]): readonly TickerColumns[] {
    if (origins.length === 0) {
      return chunk;
    }
    const codes = new Map<number, number>();
    const adopted = (code: number): number => {
      const known = codes.get(code);
      if (known !== undefined || Number.isNaN(code)) {
        return known ?? code;
      }
      const origin = origins[originIdOf(code) - 1];
      const own = origin === undefined ? code : originCode(this.#idOf(origin), origin);
      codes.set(code, own);
      return own;
    };
    return chunk.map(({ columns, ...rows }) => ({
      ...rows,
      columns: { ...columns, origin: columns.origin && columns.origin.map(adopted) },
    }));
  }

  /** To be called inside the transaction of the rows, with what is stored of them. */
  noteCloses(chunk: readonly TickerColumns[]): void {
    const closes = new Map<number, CloseKind>();
    const provisional = new Set<number>();
    for (const { columns } of chunk) {
      for (let i = columns.day.length - 1; (columns.day[i] ?? 0) >= TWO_CLOSES_SINCE; i--) {
        const day = columns.day[i] ?? 0;
        const { close, final } = originFactsOf(columns.origin?.[i] ?? Number.NaN, day);
        closes.set(day, weightier(closes.get(day), close));
        if (!final) {
          provisional.add(day);
        }
      }
    }
    const stored = this.closeKinds();
    for (const [day, close] of closes) {
      this.#sql.exec(
        "INSERT INTO day_close (day, close) VALUES (?, ?) ON CONFLICT DO UPDATE SET close = excluded.close",
        day,
        weightier(stored.get(day), close),
      );
    }
    this.#noteFinality(closes, provisional);
  }

  /** What was delivered last of a day decides: the official rows of a morning end the evening's. */
  #noteFinality(days: ReadonlyMap<number, CloseKind>, provisional: ReadonlySet<number>): void {
    const stored = this.#sql.exec<{ day: number }>("SELECT day FROM day_provisional").toArray();
    for (const { day } of stored.filter((one) => days.has(one.day) && !provisional.has(one.day))) {
      this.#sql.exec("DELETE FROM day_provisional WHERE day = ?", day);
    }
    for (const day of provisional) {
      this.#sql.exec("INSERT OR IGNORE INTO day_provisional VALUES (?)", day);
    }
  }

  /** Which close the rows of a day hold, from 2026-09-14 on; a day that is not there has no row. */
  closeKinds(): ReadonlyMap<number, CloseKind> {
    const rows = this.#sql.exec<{ day: number; close: string }>(
      "SELECT day, close FROM day_close WHERE day IN (SELECT day FROM session WHERE rows > 0)",
    );
    return new Map(Array.from(rows, ({ day, close }) => [day, closeOf(close)]));
  }

  /** By the number that a row's code names. */
  all(): ReadonlyMap<number, Origin> {
    const rows = this.#sql.exec<StoredOrigin>("SELECT * FROM origin");
    return new Map(
      Array.from(rows, ({ id, source, close, final, received_at: receivedAt }) => [
        id,
        { source, close: closeOf(close), final: final === 1, receivedAt },
      ]),
    );
  }

  #idOf({ source, close, final, receivedAt }: Origin): number {
    const facts = [source, close, final ? 1 : 0] as const;
    const [known] = this.#sql
      .exec<{ id: number }>(
        `SELECT id FROM origin WHERE source = ? AND close = ? AND final = ? AND received_at BETWEEN ? AND ?
         ORDER BY abs(received_at - ?) LIMIT 1`,
        ...facts,
        receivedAt - ONE_DELIVERY_MS,
        receivedAt,
        receivedAt,
      )
      .toArray();
    const { id } =
      known ??
      this.#sql
        .exec<{ id: number }>(
          "INSERT INTO origin (source, close, final, received_at) VALUES (?, ?, ?, ?) RETURNING id",
          ...facts,
          receivedAt,
        )
        .one();
    return id;
  }
}

/** A regular close outweighs a last one, a known one an unknown one. */
function weightier(a: CloseKind | undefined, b: CloseKind): CloseKind {
  return a !== undefined && CLOSE_KINDS.indexOf(a) < CLOSE_KINDS.indexOf(b) ? a : b;
}
