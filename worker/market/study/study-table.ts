/** Where a study of a book's bars stands, what its steps have left, and the last one that has ended; beside the bars. */
import * as v from "valibot";
import type { Log } from "../../app/ports/log.ts";
import { STOP_REASONS } from "../../app/ports/study.ts";
import { assert } from "../../core/assert.ts";
import { tradingDayOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { INSTRUMENT_KINDS, MARKETS } from "../../core/instrument/instrument.ts";
import { StudyEntry } from "../../protocol/rest/study-report.ts";
import { listedPlaces } from "../../research/steps/sum-step.ts";
import {
  type PartKind,
  STUDY_PHASES,
  type StudyPart,
  type StudyParts,
} from "../../research/steps/study-store.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** Of what steps leave. It grows when another version's steps could not go on with it, and the study begins anew. */
const FORM = 1;

const Day = v.pipe(v.number(), v.integer(), v.transform(tradingDayOf));
const Running = v.object({
  phase: v.picklist(STUDY_PHASES),
  next: v.number(),
  from: v.nullable(v.number()),
  startedAt: v.number(),
  paramsVersion: v.string(),
  /** Shares and sessions, of which progress is counted. */
  shares: v.number(),
  sessions: v.number(),
  asOf: Day,
  /** The first and the last day on which the book had a row. */
  firstDay: Day,
  lastDay: Day,
  /** How often the next step was begun. */
  tries: v.number(),
});
export type Running = v.InferOutput<typeof Running>;

const Standing = v.object({
  form: v.literal(FORM),
  due: v.boolean(),
  running: v.nullable(Running),
  made: v.nullable(
    v.object({ asOf: Day, startedAt: v.number(), endedAt: v.number(), paramsVersion: v.string() }),
  ),
  stopped: v.nullable(v.object({ at: v.number(), reason: v.picklist(STOP_REASONS) })),
});
export type Standing = v.InferOutput<typeof Standing>;
const NOTHING: Standing = { form: FORM, due: false, running: null, made: null, stopped: null };

/** Of an instrument what a study looks at; `null` for a ticker that no master names. */
const Known = v.nullable(v.tuple([v.picklist(MARKETS), v.picklist(INSTRUMENT_KINDS)]));
const Plan = v.object({
  tickers: v.array(v.string()),
  sessions: v.array(Day),
  /** By ticker, as the master was when the study began. */
  known: v.array(Known),
  hasMaster: v.boolean(),
});
export type Plan = v.InferOutput<typeof Plan>;

/** The kinds that outlive their study. */
const RESULT = ["report", "listed"] as const satisfies readonly PartKind[];

const Listed = v.pipe(v.string(), v.parseJson(), v.array(StudyEntry));

/** UTF-16 units of a log line. */
const MAX_ISSUE = 200;

type Body = ArrayBuffer | string;

const ALL_OF_A_KIND = "SELECT body FROM study_part WHERE kind = ? ORDER BY place";

/** The tables stand in `book-tables.ts`, and leave with the bars. */
export class StudyTable implements StudyParts {
  readonly #storage: BookStorage;
  readonly #sql: BookStorage["sql"];
  readonly #log: Log;
  /** It is asked for at every turn. */
  #isLogged = false;

  constructor(storage: BookStorage, log: Log) {
    this.#log = log;
    this.#storage = storage;
    this.#sql = storage.sql;
  }

  /** BK61: nothing also where another version left a form that this one does not know, with one line of the log: a scan has the study made anew. */
  standing(): Standing {
    const [row] = this.#sql.exec<{ standing: string }>("SELECT standing FROM study").toArray();
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Standing), row?.standing);
    if (!read.success && row !== undefined && !this.#isLogged) {
      this.#isLogged = true;
      this.#log.write("warn", "study_standing_unreadable", {
        issue: read.issues[0].message.slice(0, MAX_ISSUE),
      });
    }
    return read.success ? read.output : NOTHING;
  }

  put(standing: Standing): void {
    this.#sql.exec("INSERT OR REPLACE INTO study (id, standing) VALUES (0, ?)", JSON.stringify(standing));
  }

  /** Rows of this day or a later one came, changed or left. */
  changed(day: number): void {
    this.#sql.exec(
      "INSERT INTO study_changed (id, day) VALUES (0, ?) ON CONFLICT DO UPDATE SET day = min(day, excluded.day)",
      day,
    );
  }

  /** The first such day since the last study began; `null` when nothing changed. */
  changedFrom(): TradingDay | null {
    const [row] = this.#sql.exec<{ day: number }>("SELECT day FROM study_changed").toArray();
    return row === undefined ? null : tradingDayOf(row.day);
  }

  begin(standing: Standing, plan: Plan): void {
    this.#storage.transactionSync(() => {
      this.#clear();
      this.#sql.exec("DELETE FROM study_changed");
      this.#sql.exec("INSERT INTO study_part VALUES ('plan', 0, ?)", JSON.stringify(plan));
      this.put(standing);
    });
  }

  plan(): Plan {
    const [row] = this.#sql.exec<{ body: Body }>("SELECT body FROM study_part WHERE kind = 'plan'").toArray();
    return v.parse(v.pipe(v.string(), v.parseJson(), Plan), row?.body);
  }

  /** One transaction: what a step made, and where the study stands after it. */
  save(standing: Standing, parts: readonly StudyPart[]): void {
    this.#storage.transactionSync(() => {
      for (const { kind, place, body } of parts) {
        this.#sql.exec("INSERT OR REPLACE INTO study_part VALUES (?, ?, ?)", kind, place, body);
      }
      if (standing.running === null) {
        this.#sql.exec("DELETE FROM study_result");
        for (const kind of RESULT) {
          this.#sql.exec(
            "INSERT INTO study_result SELECT kind, place, body FROM study_part WHERE kind = ?",
            kind,
          );
        }
        this.#clear();
      }
      this.put(standing);
    });
  }

  /** One transaction: a study is given up. */
  drop(standing: Standing): void {
    this.#storage.transactionSync(() => {
      this.#clear();
      this.put(standing);
    });
  }

  /** The last study that has ended, with its entries or without them; `null` before the first. */
  report(withEntries: boolean): string | null {
    const texts = (kind: (typeof RESULT)[number]): readonly string[] =>
      this.#sql
        .exec<{ body: string }>("SELECT body FROM study_result WHERE kind = ? ORDER BY place", kind)
        .toArray()
        .map(({ body }) => body);
    const [head, tail] = texts("report");
    return head === undefined || tail === undefined
      ? null
      : `${head}${withEntries ? texts("listed").join(",") : ""}${tail}`;
  }

  /** The entries of a cohort of that study, in the order of time, part by part. Throws for rows in another form. */
  *listed(cohort: Parameters<typeof listedPlaces>[0]): Iterable<readonly StudyEntry[]> {
    const { from, to } = listedPlaces(cohort);
    const rows = this.#sql.exec<{ body: string }>(
      "SELECT body FROM study_result WHERE kind = 'listed' AND place >= ? AND place < ? ORDER BY place",
      from,
      to,
    );
    for (const { body } of rows) {
      yield v.parse(Listed, `[${body}]`);
    }
  }

  numbers(kind: PartKind, place: number): ArrayBuffer | null {
    const body = this.#body(kind, place);
    assert(typeof body !== "string", `${kind} is text`);
    return body;
  }

  text(kind: PartKind, place: number): string | null {
    const body = this.#body(kind, place);
    assert(body === null || typeof body === "string", `${kind} is no text`);
    return body;
  }

  *allNumbers(kind: PartKind): Iterable<ArrayBuffer> {
    for (const { body } of this.#sql.exec<{ body: ArrayBuffer }>(ALL_OF_A_KIND, kind)) {
      yield body;
    }
  }

  *allTexts(kind: PartKind): Iterable<string> {
    for (const { body } of this.#sql.exec<{ body: string }>(ALL_OF_A_KIND, kind)) {
      yield body;
    }
  }

  *slices(kind: PartKind, from: number, length: number): Iterable<ArrayBuffer> {
    const rows = this.#sql.exec<{ body: ArrayBuffer }>(
      "SELECT substr(body, ?, ?) AS body FROM study_part WHERE kind = ? ORDER BY place",
      from + 1,
      length,
      kind,
    );
    for (const { body } of rows) {
      yield body;
    }
  }

  #body(kind: PartKind, place: number): Body | null {
    const [row] = this.#sql
      .exec<{ body: Body }>("SELECT body FROM study_part WHERE kind = ? AND place = ?", kind, place)
      .toArray();
    return row?.body ?? null;
  }

  #clear(): void {
    this.#sql.exec("DELETE FROM study_part");
  }
}
