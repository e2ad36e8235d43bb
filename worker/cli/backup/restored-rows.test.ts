import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, it } from "vitest";
import * as schema from "../../adapters/d1/schema.ts";
import { FIXTURE_SQL } from "../../testing/stage/backup-fixture.ts";
import { parseDump } from "./database-dump.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { chooseRows, countSql, EMPTIED, KEPT, readCounts, RESTORED, restoreSql } from "./restored-rows.ts";

const CHOSEN = chooseRows(parseDump(FIXTURE_SQL), "KRX");

/** A database after all migrations, with rows of its own of both exchanges. */
function target(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  for (const name of readdirSync(join(projectRoot, "migrations")).filter((file) => file.endsWith(".sql"))) {
    database.exec(readFileSync(join(projectRoot, "migrations", name), "utf8"));
  }
  database.exec(`
    INSERT INTO instrument (exchange, ticker, name, market, kind, updated_at) VALUES ('KRX','999990','Newer','KOSPI','common',1);
    INSERT INTO instrument (exchange, ticker, name, market, kind, updated_at) VALUES ('DEMO','D00002','New','KOSPI','common',1);
    INSERT INTO outbox VALUES (1,'k','KRX','signal:vcp','{}',1,NULL);
    INSERT INTO outbox VALUES (2,'d','DEMO','signal:vcp','{}',1,NULL);
    INSERT INTO setting VALUES ('active_exchange','KRX');
    INSERT INTO owner_action VALUES (1,9,'PUT','/new','q',NULL,200,9);
  `);
  return database;
}

function column(database: DatabaseSync, sql: string): readonly unknown[] {
  return database
    .prepare(sql)
    .all()
    .flatMap((row) => Object.values(row));
}

describe("the rows of a restore", () => {
  it("[CL35] take the place of the exchange's, and nothing else changes", ({ expect }) => {
    const database = target();
    database.exec(`BEGIN; ${restoreSql("KRX", CHOSEN)} COMMIT;`);
    expect(column(database, "SELECT ticker || ' ' || name FROM instrument ORDER BY 1")).toEqual([
      `000020 O'Name; "x"`,
      "D00002 New",
    ]);
    expect(column(database, "SELECT id FROM outbox")).toEqual(["d"]);
    expect(column(database, "SELECT value FROM setting")).toEqual(["KRX"]);
    expect(column(database, "SELECT path FROM owner_action")).toEqual(["/new"]);
    expect(column(database, "SELECT id || ' ' || status || ' ' || ifnull(reason, '') FROM scan_run")).toEqual(
      ["krx-1 done ", "krx-2 failed interrupted"],
    );
    expect(readCounts(database.prepare(countSql("KRX")).get())).toEqual(CHOSEN.counts);
  });

  it("[CL35] that are many and long go in few statements, none longer than D1 takes", ({ expect }) => {
    const database = target();
    const names = Array.from({ length: 2_000 }, (_, index) => `${index} ${"가".repeat(index % 90)}`);
    const rows = names.map((name, index) => ({
      table: "instrument",
      columns: ["exchange", "ticker", "name", "market", "kind", "updated_at"],
      values: ["'KRX'", `'${String(index).padStart(6, "0")}'`, `'${name}'`, "'KOSPI'", "'common'", "1"],
    }));
    const chosen = chooseRows(rows, "KRX");
    expect(Math.max(...chosen.statements.map((one) => Buffer.byteLength(one)))).toBeLessThanOrEqual(100_000);
    expect(chosen.statements.length).toBeLessThan(8);
    database.exec(`BEGIN; ${restoreSql("KRX", chosen)} COMMIT;`);
    expect(column(database, "SELECT name FROM instrument WHERE exchange = 'KRX' ORDER BY ticker")).toEqual(
      names,
    );
  });

  it("[CL35] that are not all there undo the whole of it", ({ expect }) => {
    const database = target();
    const lost = { ...CHOSEN, counts: { ...CHOSEN.counts, market_gate: 1 } };
    expect(() => {
      database.exec(`BEGIN; ${restoreSql("KRX", lost)} COMMIT;`);
    }).toThrow("malformed JSON");
    database.exec("ROLLBACK");
    expect(column(database, "SELECT ticker FROM instrument ORDER BY 1")).toEqual(["999990", "D00002"]);
  });

  it("[CL35] are decided for every table that there is", ({ expect }) => {
    const tables = Object.values(schema).filter((table) => is(table, SQLiteTable));
    const named = (names: readonly string[]) => names.toSorted();
    const [ofExchange, others] = [true, false].map((wanted) =>
      tables.filter((table) => "exchange" in getTableColumns(table) === wanted).map(getTableName),
    );
    expect(named(ofExchange ?? [])).toEqual(named([...RESTORED, ...EMPTIED]));
    expect(named(others ?? [])).toEqual(named(KEPT.filter((name) => !/^(?:d1_|sqlite_|_cf_)/.test(name))));
  });
});
