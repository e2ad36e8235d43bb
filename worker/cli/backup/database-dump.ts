/** The SQL of a backup, read as what `wrangler d1 export` writes and nothing else: a restore carries out only rows it has understood. */
import { CommandError } from "../terminal/command-error.ts";

/** One INSERT of a dump, taken apart. */
export interface DumpRow {
  readonly table: string;
  readonly columns: readonly string[];
  /** SQL literals, one a column. */
  readonly values: readonly string[];
}

const INSERT = /^INSERT INTO "(\w+)" \(((?:"\w+",?)+)\) VALUES\(([\s\S]*)\)$/;
const SCHEMA =
  /^(?:PRAGMA defer_foreign_keys=TRUE|CREATE (?:TABLE|INDEX|UNIQUE INDEX)\s[\s\S]*|DELETE FROM sqlite_sequence)$/;
/** A number, a text, bytes, nothing, or a text with its line breaks put back; texts are written here as ''. */
const LITERAL = /^(?:NULL|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|X?''|(?:replace\()+''(?:,'',char\(\d+\)\))+)$/i;

function broken(why: string): CommandError {
  return new CommandError(`not SQL as \`npm run backup\` writes it: ${why}`);
}

/** Statements with their semicolon, and what stands before them. Fails on one that has no end. */
function* piecesOf(sql: string): Generator<string> {
  const mark = /[;'"`]/g;
  let from = 0;
  for (let found = mark.exec(sql); found !== null; found = mark.exec(sql)) {
    const [char] = found;
    if (char === ";") {
      yield sql.slice(from, mark.lastIndex);
      from = mark.lastIndex;
      continue;
    }
    // A quote inside is doubled, which reads as one text behind another.
    const end = sql.indexOf(char, mark.lastIndex);
    if (end === -1) {
      throw broken("it ends within a text");
    }
    mark.lastIndex = end + 1;
  }
  if (sql.slice(from).trim() !== "") {
    throw broken("it ends within a statement");
  }
}

/** `a,'b,c',replace('d','\n',char(10))` at its outer commas. */
function literalsOf(text: string): readonly string[] {
  const values: string[] = [];
  const mark = /[(),']/g;
  let [from, depth] = [0, 0];
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const [char] = found;
    if (char === "'") {
      const end = text.indexOf("'", mark.lastIndex);
      mark.lastIndex = end === -1 ? text.length : end + 1;
    } else if (char === ",") {
      if (depth === 0) {
        values.push(text.slice(from, found.index));
        from = mark.lastIndex;
      }
    } else {
      depth += char === "(" ? 1 : -1;
    }
  }
  return [...values, text.slice(from)];
}

function isLiteral(value: string): boolean {
  const outside = value.split("'").filter((_, index) => index % 2 === 0);
  return LITERAL.test(outside.join("''").replaceAll(/(?:'')+/g, "''"));
}

function rowOf(statement: string): DumpRow | null {
  const [, table, names, literals] = INSERT.exec(statement) ?? [];
  if (table === undefined || names === undefined || literals === undefined) {
    return null;
  }
  const columns = names.split(",").map((name) => name.slice(1, -1));
  const values = literalsOf(literals);
  return values.length === columns.length && values.every(isLiteral) ? { table, columns, values } : null;
}

/** Every row, in the order of the file. Fails with a {@link CommandError} on any other statement and on a file that breaks off. */
export function* parseDump(sql: string): Generator<DumpRow> {
  for (const piece of piecesOf(sql)) {
    const statement = piece.slice(0, -1).trim();
    if (SCHEMA.test(statement)) {
      continue;
    }
    const row = rowOf(statement);
    if (row === null) {
      throw broken(`"${statement.slice(0, 80)}"`);
    }
    yield row;
  }
}

/** The text of a column, without its quotes; `null` when the row has none such, or no plain text in it. */
export function textOf(row: DumpRow, column: string): string | null {
  const literal = row.values[row.columns.indexOf(column)] ?? "";
  return /^'(?:[^']|'')*'$/.test(literal) ? literal.slice(1, -1).replaceAll("''", "'") : null;
}

/** The dump as it stands, but for the rows of these tables that `isKept` does not keep. Fails as {@link parseDump}. */
export function withoutRows(
  sql: string,
  tables: readonly string[],
  isKept: (row: DumpRow) => boolean,
): string {
  const heads = tables.map((table) => `INSERT INTO "${table}" `);
  const kept: string[] = [];
  for (const piece of piecesOf(sql)) {
    const statement = piece.slice(0, -1).trim();
    if (!heads.some((head) => statement.startsWith(head))) {
      kept.push(piece);
      continue;
    }
    const row = rowOf(statement);
    if (row === null) {
      throw broken(`a row of ${tables.join(" or ")} that is not understood`);
    }
    if (isKept(row)) {
      kept.push(piece);
    }
  }
  return `${kept.join("")}\n`;
}
