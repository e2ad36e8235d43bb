/** The {@link ReaderSessions} on D1: rows of `setting`, so that a restore, which leaves the settings alone, brings none back. */
import { MAX_READER_SESSIONS, type ReaderSessions } from "../../app/ports/reader-sessions.ts";
import { attempt } from "./store-error.ts";

const PREFIX = "reader:";
/** The keys that begin with the prefix, by the index of the table: `;` is the character after `:`. */
const OURS = "key >= 'reader:' and key < 'reader;'";

export class D1ReaderSessions implements ReaderSessions {
  readonly #d1: D1Database;

  constructor(d1: D1Database) {
    this.#d1 = d1;
  }

  open(id: string, until: number, at: number): Promise<void> {
    return attempt("open a reader's session", async () => {
      await this.#d1.batch([
        this.#d1
          .prepare("insert into setting (key, value) values (?, ?)")
          .bind(`${PREFIX}${id}`, String(until)),
        this.#d1.prepare(`delete from setting where ${OURS} and cast(value as integer) <= ?`).bind(at),
        this.#d1
          .prepare(
            `delete from setting where ${OURS} and key not in (
              select key from setting where ${OURS} order by cast(value as integer) desc, key limit ?)`,
          )
          .bind(MAX_READER_SESSIONS),
      ]);
    });
  }

  end(id: string): Promise<void> {
    return attempt("end a reader's session", async () => {
      await this.#d1.prepare("delete from setting where key = ?").bind(`${PREFIX}${id}`).run();
    });
  }

  living(ids: readonly string[], at: number): Promise<ReadonlySet<string>> {
    return attempt("read readers' sessions", async () => {
      const { results } = await this.#d1
        .prepare(
          `select key from setting where key in (select '${PREFIX}' || value from json_each(?)) and cast(value as integer) > ?`,
        )
        .bind(JSON.stringify(ids), at)
        .all<{ readonly key: string }>();
      return new Set(results.map(({ key }) => key.slice(PREFIX.length)));
    });
  }
}
