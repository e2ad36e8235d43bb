/**
 * D1 for a plain `workerd serve`, which has none: one object with the same SQLite on disk, behind as much of the interface as
 * the adapters use. Only the product's tests run on it.
 */
import { DurableObject } from "cloudflare:workers";
import { assert } from "../../core/assert.ts";

type Value = string | number | null | ArrayBuffer;

interface Statement {
  readonly sql: string;
  readonly params: readonly Value[];
}

interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  readonly changes: number;
}

export class DiskDatabase extends DurableObject<unknown> {
  /** All or none, as a batch of D1 is; what is answered is stored. */
  run(statements: readonly Statement[]): readonly Answer[] {
    return this.ctx.storage.transactionSync(() => statements.map((statement) => this.#run(statement)));
  }

  /** Runs a file of statements, once in the life of the database. */
  migrate(name: string, text: string): void {
    const { sql } = this.ctx.storage;
    sql.exec("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)");
    if (sql.exec("SELECT 1 FROM migration WHERE name = ?", name).toArray().length === 0) {
      this.ctx.storage.transactionSync(() => {
        sql.exec(text);
        sql.exec("INSERT INTO migration VALUES (?)", name);
      });
    }
  }

  #run({ sql, params }: Statement): Answer {
    const before = this.#changes();
    const cursor = this.ctx.storage.sql.exec(sql, ...params);
    const columns = cursor.columnNames;
    const rows = Array.from(cursor.raw<Value[]>());
    return { columns, rows, changes: this.#changes() - before };
  }

  #changes(): number {
    return this.ctx.storage.sql.exec<{ n: number }>("SELECT total_changes() AS n").one().n;
  }
}

type Run = (statements: readonly Statement[]) => Promise<readonly Answer[]>;

class DiskStatement implements Statement {
  readonly sql: string;
  readonly params: readonly Value[];
  readonly #run: Run;

  constructor(run: Run, sql: string, params: readonly Value[] = []) {
    this.#run = run;
    this.sql = sql;
    this.params = params;
  }

  bind(...params: readonly (Value | boolean)[]): DiskStatement {
    const plain = params.map((value) => (typeof value === "boolean" ? Number(value) : value));
    return new DiskStatement(this.#run, this.sql, plain);
  }

  async all(): Promise<object> {
    return resultOf(await this.#answer());
  }

  async run(): Promise<object> {
    return this.all();
  }

  async raw(): Promise<readonly (readonly Value[])[]> {
    return (await this.#answer()).rows;
  }

  async #answer(): Promise<Answer> {
    const [answer] = await this.#run([{ sql: this.sql, params: this.params }]);
    assert(answer !== undefined, "A statement has an answer");
    return answer;
  }
}

function resultOf({ columns, rows, changes }: Answer): object {
  const results = rows.map((row) => Object.fromEntries(columns.map((name, n) => [name, row[n]])));
  return { success: true, results, meta: { changes } };
}

function isDatabase(value: object): value is D1Database {
  return "prepare" in value && "batch" in value;
}

/** The database of that object; what the adapters do not use fails at its first use. */
export function diskDatabase(databases: DurableObjectNamespace<DiskDatabase>): D1Database {
  const run: Run = async (statements) => databases.getByName("database").run(statements);
  const database = {
    prepare: (sql: string) => new DiskStatement(run, sql),
    batch: async (statements: readonly Statement[]) =>
      (await run(statements.map(({ sql, params }) => ({ sql, params })))).map(resultOf),
  };
  assert(isDatabase(database), "A database prepares and batches");
  return database;
}
