/**
 * The storage of one simulated object: real SQLite in memory behind the part of the platform's interface that is used, and
 * the alarm. It survives hibernation and crashes; `wipe` is for the next seed and for a store that was lost.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { assert } from "../../../core/assert.ts";

type Row = Record<string, unknown>;

const TABLE = /^CREATE TABLE IF NOT EXISTS (\w+)/;

type Bound = SQLInputValue | ArrayBuffer;

/** The platform takes and gives `ArrayBuffer`s where Node has views. */
function asView(value: Bound): SQLInputValue {
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value;
}

function hasBlob(row: Row): boolean {
  return Object.values(row).some((cell) => cell instanceof Uint8Array);
}

function withBuffers(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name,
      cell instanceof Uint8Array ? new Uint8Array(cell).buffer : cell,
    ]),
  );
}

interface Rows extends Iterable<Row> {
  toArray(): readonly Row[];
  one(): Row;
}

export class ObjectStorage {
  /** When the object is to be woken, in milliseconds; `null`: never. */
  alarmAt: number | null = null;
  readonly sql: { exec(query: string, ...values: Bound[]): Rows };
  readonly #database = new DatabaseSync(":memory:");
  readonly #statements = new Map<string, StatementSync>();
  readonly #tables = new Set<string>();
  /** Statements that made a table, and need not run twice. */
  readonly #made = new Set<string>();
  /** Answers since the last write: the same query has the same answer until then. */
  readonly #answers = new Map<string, readonly Row[]>();
  #isWritten = false;
  #onAlarm: (at: number) => void = () => undefined;

  constructor() {
    this.sql = { exec: (query, ...values) => this.#exec(query, values.map(asView)) };
  }

  /** Rolls everything back when the closure throws, the alarm too. */
  transactionSync<T>(closure: () => T): T {
    const before = this.alarmAt;
    this.#prepared("SAVEPOINT closure").run();
    try {
      return closure();
    } catch (error) {
      this.#undo();
      this.alarmAt = before;
      throw error;
    } finally {
      this.#prepared("RELEASE closure").run();
    }
  }

  setAlarm(at: number): Promise<void> {
    this.alarmAt = at;
    this.#onAlarm(at);
    return Promise.resolve();
  }

  deleteAlarm(): Promise<void> {
    this.alarmAt = null;
    return Promise.resolve();
  }

  getAlarm(): Promise<number | null> {
    return Promise.resolve(this.alarmAt);
  }

  /** Empties the storage for another world. */
  reuse(onAlarm: (at: number) => void): void {
    this.#onAlarm = onAlarm;
    this.wipe();
  }

  wipe(): void {
    this.alarmAt = null;
    if (this.#isWritten) {
      this.#tables.forEach((table) => {
        this.#write(`DELETE FROM ${table}`, []);
      });
      this.#isWritten = false;
    }
  }

  #exec(query: string, values: readonly SQLInputValue[]): Rows {
    const rows = query.startsWith("SELECT") ? this.#read(query, values) : this.#write(query, values);
    return {
      [Symbol.iterator]: () => rows[Symbol.iterator](),
      toArray: () => rows,
      one: () => {
        const [row] = rows;
        assert(row !== undefined && rows.length === 1, `${rows.length} rows of ${query}`);
        return row;
      },
    };
  }

  #read(query: string, values: readonly SQLInputValue[]): readonly Row[] {
    const key = values.length === 0 ? query : `${query} ${values.map(String).join(" ")}`;
    const known = this.#answers.get(key);
    if (known) {
      return known;
    }
    const rows = this.#prepared(query).all(...values);
    if (rows.some(hasBlob)) {
      // A reader may write into the spare places of what it was given, so each gets its own.
      return rows.map(withBuffers);
    }
    this.#answers.set(key, rows);
    return rows;
  }

  #write(query: string, values: readonly SQLInputValue[]): readonly Row[] {
    if (this.#made.has(query)) {
      return [];
    }
    const table = query.startsWith("CREATE") ? TABLE.exec(query)?.[1] : undefined;
    if (table !== undefined) {
      this.#made.add(query);
      this.#tables.add(table);
    }
    this.#isWritten = true;
    this.#answers.clear();
    return this.#prepared(query).all(...values);
  }

  #undo(): void {
    this.#answers.clear();
    this.#prepared("ROLLBACK TO closure").run();
  }

  #prepared(query: string): StatementSync {
    const known = this.#statements.get(query);
    if (known) {
      return known;
    }
    const made = this.#database.prepare(query);
    this.#statements.set(query, made);
    return made;
  }
}
