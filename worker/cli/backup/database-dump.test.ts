import fc from "fast-check";
import { describe, it } from "vitest";
import { parseDump, textOf, withoutRows } from "./database-dump.ts";

const SCHEMA = `PRAGMA defer_foreign_keys=TRUE;
CREATE TABLE \`signal\` (
	\`id\` text PRIMARY KEY NOT NULL
, \`entered_on\` integer);
DELETE FROM sqlite_sequence;
CREATE UNIQUE INDEX \`one\` ON \`signal\` (\`exchange\`,"score" desc);
`;

/** As `wrangler d1 export` writes a text. */
function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes("\n") ? `replace(${quoted.replaceAll("\n", "\\n")},'\\n',char(10))` : quoted;
}

describe("the SQL of a backup", () => {
  it("[CL33] is read row by row, whatever stands in its texts", ({ expect }) => {
    const texts = fc.array(
      fc.oneof(fc.string(), fc.constantFrom(");", "'", "a,b", '"', "--", "가\n나", "((")),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 5 }), (rows) => {
        const lines = rows.map((values) => {
          const names = values.map((_, index) => `"c${index}"`).join(",");
          return `INSERT INTO "signal" (${names}) VALUES(${values.map(literal).join(",")});\n`;
        });
        const read = [...parseDump(`${SCHEMA}${lines.join("")}`)];
        expect(read.map(({ values }) => values)).toEqual(rows.map((values) => values.map(literal)));
        for (const [index, row] of read.entries()) {
          for (const [column, text] of (rows[index] ?? []).entries()) {
            expect(textOf(row, `c${column}`)).toBe(text.includes("\n") ? null : text);
          }
        }
      }),
      { numRuns: 200, seed: 20_260_331 },
    );
  });

  it("[CL33] may hold numbers, bytes and nothing", ({ expect }) => {
    const values = [
      "-1",
      "0.1",
      "1e+20",
      "NULL",
      "X'00ff'",
      "replace(replace('a','\\r',char(13)),'\\n',char(10))",
    ];
    const names = values.map((_, index) => `"c${index}"`).join(",");
    const [row] = parseDump(`INSERT INTO "outcome" (${names}) VALUES(${values.join(",")});`);
    expect(row?.values).toEqual(values);
  });

  it.for([
    ["another statement", "DROP TABLE signal;", "DROP TABLE signal"],
    ["two rows in one", `INSERT INTO "a" ("b") VALUES(1),(2);`, "INSERT INTO"],
    ["a value too many", `INSERT INTO "a" ("b") VALUES(1,2);`, "INSERT INTO"],
    ["a question for a value", `INSERT INTO "a" ("b") VALUES((SELECT 1));`, "INSERT INTO"],
    ["a function for a value", `INSERT INTO "a" ("b") VALUES(load_extension('x'));`, "INSERT INTO"],
    ["no end of a text", `INSERT INTO "a" ("b") VALUES('x`, "ends within a text"],
    ["no end of a statement", `INSERT INTO "a" ("b") VALUES(1)`, "ends within a statement"],
  ] as const)("[CL33] with %s is not carried out", ([, sql, text], { expect }) => {
    expect(() => [...parseDump(`${SCHEMA}${sql}`)]).toThrow(text);
  });

  it("[AL35] has no address and no key of a browser, and no rule but the owner's", ({ expect }) => {
    const insert = (table: string, row: Readonly<Record<string, string>>): string => {
      const names = Object.keys(row).map((name) => `"${name}"`);
      return `INSERT INTO "${table}" (${names.join(",")}) VALUES(${Object.values(row).map(literal).join(",")});\n`;
    };
    const kept = [
      insert("alert_rule", { holder: "owner", detail: "it's; \n'owner'" }),
      insert("signal", { id: `INSERT INTO "push_subscription" ;` }),
    ];
    const secret = [
      insert("push_subscription", { id: "a", endpoint: "https://push.example/x;y", auth: "it's, a;\nkey" }),
      insert("alert_rule", { holder: "phone", detail: "'owner'" }),
    ];
    const [first = "", second = ""] = kept;
    const sql = `${SCHEMA}${secret[0] ?? ""}${first}${secret[1] ?? ""}${second}`;
    const isOwners = (row: Parameters<typeof textOf>[0]): boolean => textOf(row, "holder") === "owner";
    const left = withoutRows(sql, ["push_subscription", "alert_rule"], isOwners);
    expect(left.trimEnd()).toBe(`${SCHEMA}${kept.join("")}`.trimEnd());
    expect([...parseDump(left)].map(({ table }) => table)).toEqual(["alert_rule", "signal"]);
    const odd = `INSERT INTO "push_subscription" VALUES(x'00');`;
    expect(() => withoutRows(odd, ["push_subscription"], isOwners)).toThrow("not understood");
  });
});
