/** Which rows of a backup's database a restore takes back, and the SQL that puts them in place of the target's. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import { CommandError } from "../terminal/command-error.ts";
import { type DumpRow, textOf } from "./database-dump.ts";

/** The tables of an exchange, in the order in which they are counted and written. */
export const RESTORED = [
  "instrument",
  "signal",
  "signal_event",
  "signal_version",
  "version_reach",
  "scan_run",
  "market_gate",
  "outcome",
  "outcome_measure",
] as const;

/** Emptied and not refilled: the snapshot of the new epoch holds what waited in it, and what the target's held is of another history. */
export const EMPTIED = ["outbox", "alert_event"] as const;

/** Of the deployment and not of an exchange: its settings, its owner's log, who is told, its migrations. They stay the target's. */
export const KEPT = [
  "setting",
  "owner_action",
  "alert_rule",
  "push_subscription",
  "d1_migrations",
  "sqlite_sequence",
  "_cf_KV",
] as const;

/** D1 refuses a longer statement. */
const STATEMENT_BYTES = 100_000;

/** Rows by table. */
export type TableCounts = Readonly<Record<(typeof RESTORED)[number], number>>;

/** What of a dump is put back (decision 019). */
export interface RestoredRows {
  readonly counts: TableCounts;
  /** INSERT, with many rows each. */
  readonly statements: readonly string[];
  /** The migrations that the backup's database had seen. */
  readonly migrations: readonly string[];
}

/** INSERT statements that are as long as D1 takes them: the tool is slow by the statement, not by the row. */
function makeInserts(): { add(row: DumpRow): void; end(): readonly string[] } {
  const done: string[] = [];
  let [head, values, bytes] = ["", "", 0];
  const finish = (): void => {
    if (values !== "") {
      done.push(`${head}${values};`);
    }
    values = "";
  };
  return {
    add({ table, columns, values: literals }) {
      const into = `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(",")}) VALUES `;
      const row = `(${literals.join(",")})`;
      const more = Buffer.byteLength(row) + 1;
      if (Buffer.byteLength(into) + more > STATEMENT_BYTES) {
        throw new CommandError(`a row of ${table} is longer than the ${STATEMENT_BYTES} bytes that D1 takes`);
      }
      if (into !== head || bytes + more > STATEMENT_BYTES) {
        finish();
        [head, bytes] = [into, Buffer.byteLength(into)];
      }
      values += values === "" ? row : `,${row}`;
      bytes += more;
    },
    end() {
      finish();
      return done;
    },
  };
}

/** Fails on a table that is not known here: a newer version wrote it. */
export function chooseRows(rows: Iterable<DumpRow>, exchange: Exchange): RestoredRows {
  const counts = new Map<string, number>(RESTORED.map((table) => [table, 0]));
  const known = new Set<string>([...RESTORED, ...EMPTIED, ...KEPT]);
  const inserts = makeInserts();
  const migrations: string[] = [];
  for (const row of rows) {
    if (!known.has(row.table)) {
      throw new CommandError(`has a table "${row.table}", which this version does not know`);
    }
    const count = counts.get(row.table);
    if (count !== undefined && textOf(row, "exchange") === exchange) {
      counts.set(row.table, count + 1);
      inserts.add(row);
    }
    if (row.table === "d1_migrations") {
      migrations.push(textOf(row, "name") ?? "");
    }
  }
  return { counts: countsOf((table) => counts.get(table) ?? 0), statements: inserts.end(), migrations };
}

function countsOf(count: (table: (typeof RESTORED)[number]) => number): TableCounts {
  return {
    instrument: count("instrument"),
    signal: count("signal"),
    signal_event: count("signal_event"),
    signal_version: count("signal_version"),
    version_reach: count("version_reach"),
    scan_run: count("scan_run"),
    market_gate: count("market_gate"),
    outcome: count("outcome"),
    outcome_measure: count("outcome_measure"),
  };
}

/** An error, which undoes the transaction, unless the table has as many rows of the exchange as the backup. */
function checkSql(exchange: Exchange, table: string, count: number): string {
  const found = `(SELECT count(*) FROM "${table}" WHERE exchange = '${exchange}')`;
  return `SELECT json(CASE ${found} WHEN ${count} THEN '${count}' ELSE 'not ${count}' END) AS "${table}";`;
}

/** Replaces the rows of the exchange, counts them, and touches no other; to be carried out as one transaction. */
export function restoreSql(exchange: Exchange, { statements, counts }: RestoredRows): string {
  const empties = [...RESTORED, ...EMPTIED].map(
    (table) => `DELETE FROM "${table}" WHERE exchange = '${exchange}';`,
  );
  // A run that was on its way when the backup was made will never end: nobody holds its lock.
  const endRuns = `UPDATE "scan_run" SET status = 'failed', reason = 'interrupted', finished_at = started_at WHERE exchange = '${exchange}' AND status = 'running';`;
  const checks = RESTORED.map((table) => checkSql(exchange, table, counts[table]));
  return `${[...empties, ...statements, endRuns, ...checks].join("\n")}\n`;
}

/** One row with a column a table. */
export function countSql(exchange: Exchange): string {
  const columns = RESTORED.map(
    (table) => `(SELECT count(*) FROM "${table}" WHERE exchange = '${exchange}') AS "${table}"`,
  );
  return `SELECT ${columns.join(", ")}`;
}

/** The answer to {@link countSql}. */
export function readCounts(row: Readonly<Record<string, unknown>> | undefined): TableCounts {
  return countsOf((table) => {
    const count = row?.[table];
    if (typeof count !== "number") {
      throw new CommandError("The database's answer is not understood: a count is missing.");
    }
    return count;
  });
}

/** As text, `412 signal, 2700 instrument`; empty when there are none. */
export function describeCounts(counts: TableCounts): string {
  return RESTORED.filter((table) => counts[table] > 0)
    .map((table) => `${counts[table]} ${table}`)
    .join(", ");
}
