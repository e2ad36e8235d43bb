/**
 * The SQLite files of a state folder: which is damaged, what it holds, and what to do. The runtime answers a damaged file with
 * "internal error" and a number, so the Worker itself cannot name it.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { projectRoot } from "../terminal/project-root.ts";
import { orElse } from "./processes.ts";

/** Where `npm start` without `--state` keeps its data. */
export const DEFAULT_STATE = join(projectRoot, ".wrangler", "state");

export interface DamagedFile {
  readonly path: string;
  readonly neighbour: "D1" | "MarketBook" | "MarketFeed" | "Topic" | "Gateway";
  /** SQLite's own text. */
  readonly reason: string;
}

const OBJECTS = ["MarketBook", "MarketFeed", "Topic", "Gateway"] as const;
const RESTORE = "`npm run restore -- FOLDER --yes` with your last backup";

/** What is lost with the file, and how it comes back. */
const REMEDY: Readonly<Record<DamagedFile["neighbour"], string>> = {
  D1: `It holds the signals. A new one is made; then ${RESTORE}`,
  MarketBook: `It holds the bars of an exchange. The demo makes its own anew; for KRX then ${RESTORE}, or \`npm run import\``,
  MarketFeed: "It holds the state of the prices, which is made anew",
  Topic: "It holds the last messages, which is made anew; pages load once",
  Gateway: "It holds the open sockets, which come back by themselves",
};

export function describeDamage({ path, neighbour, reason }: DamagedFile): string {
  return (
    `${neighbour} cannot read its file ${path} (${reason}). End the server, move the file away together with its -wal and -shm, ` +
    `and run \`npm start\`. ${REMEDY[neighbour]}.`
  );
}

function databasesIn(folder: string): readonly string[] {
  return orElse(() => readdirSync(folder, { recursive: true, encoding: "utf8" }), [])
    .filter((name) => name.endsWith(".sqlite"))
    .map((name) => join(folder, name));
}

/** SQLite's text on what is wrong with the file; `null` when nothing is, or when it is busy. */
function damageOf(path: string, isThorough: boolean): string | null {
  if (statSync(path).size === 0) {
    return null;
  }
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
    const row = database
      .prepare(isThorough ? "PRAGMA quick_check(1)" : "SELECT count(*) AS tables FROM sqlite_schema")
      .get();
    const answer = Object.values(row ?? {})[0];
    return typeof answer === "string" && answer !== "ok" ? answer.replaceAll("\n", " ") : null;
  } catch (error) {
    // 11: SQLITE_CORRUPT, 26: SQLITE_NOTADB. A file that is locked or gone by now is not damaged.
    const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
    return code === 11 || code === 26 ? String(error instanceof Error ? error.message : error) : null;
  } finally {
    database?.close();
  }
}

/** `isThorough` reads every page (about a second for 300 MB), otherwise the header and the list of tables. Changes nothing. */
export function damagedFiles(state: string, isThorough: boolean): readonly DamagedFile[] {
  const places = [
    ["D1", join(state, "v3", "d1")] as const,
    ...OBJECTS.map((name) => [name, join(state, "v3", "do", `vcp-radar-${name}`)] as const),
  ];
  return places.flatMap(([neighbour, folder]) =>
    (existsSync(folder) ? databasesIn(folder) : []).flatMap((path) => {
      const reason = damageOf(path, isThorough);
      return reason === null ? [] : [{ path, neighbour, reason }];
    }),
  );
}
