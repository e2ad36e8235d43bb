/** The database of this machine or of Cloudflare, queried, exported and loaded by the platform's own tool. */
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { CommandError } from "../terminal/command-error.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { quietEnv, WRANGLER } from "../serve/wrangler.ts";

/** D1 through wrangler. Rejects with a `CommandError`. */
export interface DatabaseTool {
  /** The rows of each statement. */
  ask(sql: string): Promise<readonly (readonly Readonly<Record<string, unknown>>[])[]>;
  /** Carries out a file of statements as one transaction: all of it or nothing. */
  load(file: string): Promise<void>;
  /** Writes the whole database as SQL. */
  save(file: string): Promise<void>;
}

/** Which of the databases of that name. */
export interface DatabasePlace {
  /** The database at Cloudflare; otherwise the one of this machine. */
  readonly remote: boolean;
  /** The folder of `npm start -- --state`; `null`: wrangler's own. */
  readonly state: string | null;
}

const DATABASE = "vcp-radar";
const SHOWN_LINES = 30;
const Answers = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(v.object({ results: v.array(v.record(v.string(), v.unknown())) })),
);

/** The tool prints SQLite's codes and a stack. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/SQLITE_FULL|ENOSPC|disk is full|EDQUOT/, "the disk is full; make space and run the command again"],
  [
    /SQLITE_(?:CORRUPT|NOTADB)|malformed|not a database/,
    "its file is damaged; `npm run doctor -- --state DIR` names it and what to do",
  ],
  [
    /SQLITE_(?:BUSY|LOCKED)|database is locked/,
    "another process holds it; end that one, or run the command again",
  ],
  [
    /SQLITE_READONLY|EACCES|EROFS/,
    "its folder may not be written; change its rights, or name another by --state",
  ],
];

/** In brackets, with what to do; empty when the text names none that is known. */
export function causeIn(printed: string): string {
  const cause = CAUSES.find(([pattern]) => pattern.test(printed))?.[1];
  return cause === undefined ? "" : ` (${cause})`;
}

/** Resolves with what was printed to stdout; fails with the end of what the tool printed. */
function wrangler(what: string, args: readonly string[]): Promise<string> {
  const options = { cwd: projectRoot, env: quietEnv(), maxBuffer: 1 << 28 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [WRANGLER, "d1", ...args], options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
        return;
      }
      if (stdout.includes("no such table")) {
        reject(
          new CommandError(
            "The database that was named has no tables: is it another one than the Worker's (--state)? `npm start` and `npm run deploy` make them.",
          ),
        );
        return;
      }
      const printed = `${stdout}${stderr}`.trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
      reject(new CommandError(`The database could not be ${what}${causeIn(printed)}:\n${printed}`));
    });
  });
}

/** `d1 export` knows no `--persist-to`: it gets a configuration beside which the folder seems to be wrangler's own. */
async function withState<T>(state: string, work: (config: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vcp-config-"));
  try {
    const config = join(folder, "wrangler.toml");
    copyFileSync(join(projectRoot, "wrangler.toml"), config);
    mkdirSync(join(folder, ".wrangler"));
    symlinkSync(state, join(folder, ".wrangler", "state"));
    return await work(config);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each call is one run of wrangler, which knows the local databases and those at Cloudflare alike. */
export function makeDatabaseTool({ remote, state }: DatabasePlace): DatabaseTool {
  const where = remote ? ["--remote"] : ["--local"];
  const kept = remote || state === null ? [] : ["--persist-to", state];
  const execute = ["execute", DATABASE, ...where, ...kept, "--yes"];
  return {
    async ask(sql) {
      const printed = await wrangler("asked", [...execute, "--json", "--command", sql]);
      const answers = v.safeParse(Answers, printed.slice(Math.max(0, printed.search(/^\[/m))));
      if (!answers.success) {
        throw new CommandError(`The database's answer is not understood:\n${printed.slice(0, 500)}`);
      }
      return answers.output.map(({ results }) => results);
    },
    async load(file) {
      await wrangler("written", [...execute, "--file", file]);
    },
    async save(file) {
      const args = ["export", DATABASE, ...where, "--skip-confirmation", "--output", file];
      await (remote || state === null
        ? wrangler("read", args)
        : withState(state, (config) => wrangler("read", [...args, "--config", config])));
      if (!existsSync(file)) {
        throw new CommandError("The database could not be read: the tool wrote no file.");
      }
    },
  };
}
