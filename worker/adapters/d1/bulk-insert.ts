/**
 * Many rows in few statements. D1 allows 100 variables a statement, so the rows travel as one JSON variable and
 * are spread by `json_each`. Column names come from the drizzle table: schema and SQL cannot drift apart.
 */
import { getTableColumns } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { assert } from "../../core/assert.ts";

/** D1 refuses a value of 2,000,000 bytes; the rest is left for the statement around it. */
const MAX_VARIABLE_BYTES = 1_500_000;

/** What to do with a row whose key stands already. `keep`: columns that an update leaves as they were first written. */
export interface OnConflict {
  readonly key: readonly SQLiteColumn[];
  readonly action: "ignore" | "update";
  readonly keep?: readonly SQLiteColumn[];
}

/**
 * Statements that insert the rows in their order; none for no rows. Rows carry every column of the table, except those
 * that the database fills itself. More than one statement only when the JSON is above {@link MAX_VARIABLE_BYTES}.
 */
export function bulkInsert<T extends SQLiteTable>(
  d1: D1Database,
  table: T,
  rows: readonly T["$inferInsert"][],
  onConflict: OnConflict,
): readonly D1PreparedStatement[] {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => !column.hasDefault);
  const sql = insertSql(
    getTableConfig(table).name,
    columns.map(([, column]) => column),
    onConflict,
  );
  const keys = columns.map(([key]) => key);
  return chunksOf(rows.map((row) => cellsOf(row, keys))).map((chunk) => d1.prepare(sql).bind(chunk));
}

function insertSql(
  table: string,
  columns: readonly SQLiteColumn[],
  { key, action, keep = [] }: OnConflict,
): string {
  const names = columns.map((column) => quoted(column.name));
  const cells = columns.map((_, i) => `value ->> ${i}`);
  const kept = new Set([...key, ...keep].map((column) => column.name));
  const updates = columns
    .filter((column) => !kept.has(column.name))
    .map((column) => `${quoted(column.name)} = excluded.${quoted(column.name)}`);
  const effect = action === "ignore" ? "nothing" : `update set ${updates.join(", ")}`;
  const target = key.map((column) => quoted(column.name)).join(", ");
  // `where true` keeps the parser from reading ON as a join; `order by key` gives counted positions the rows' order.
  return (
    `insert into ${quoted(table)} (${names.join(", ")}) select ${cells.join(", ")} ` +
    `from json_each(?) where true order by key on conflict (${target}) do ${effect}`
  );
}

function quoted(name: string): string {
  return `"${name}"`;
}

/** One row as a JSON array in column order; a column without a value is null. */
function cellsOf(row: object, keys: readonly string[]): string {
  const cells = new Map<string, unknown>(Object.entries(row));
  return JSON.stringify(keys.map((key) => cells.get(key) ?? null));
}

/** Joins JSON texts into JSON arrays of at most the allowed size in UTF-8. */
function chunksOf(texts: readonly string[]): readonly string[] {
  const encoder = new TextEncoder();
  const chunks: string[] = [];
  let chunk: string[] = [];
  let size = 2;
  for (const text of texts) {
    const bytes = encoder.encode(text).byteLength + 1;
    assert(bytes + 2 <= MAX_VARIABLE_BYTES, `A row of ${bytes} bytes does not fit a D1 variable`);
    if (size + bytes > MAX_VARIABLE_BYTES) {
      chunks.push(`[${chunk.join(",")}]`);
      chunk = [];
      size = 2;
    }
    chunk.push(text);
    size += bytes;
  }
  return chunk.length === 0 ? chunks : [...chunks, `[${chunk.join(",")}]`];
}
