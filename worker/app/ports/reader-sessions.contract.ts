import { describe, it } from "vitest";
import { MAX_READER_SESSIONS, type ReaderSessions } from "./reader-sessions.ts";

const AT = Date.UTC(2026, 10, 2, 1);
const DAY = 86_400_000;

/** What every store of readers' sessions promises. `make` answers with an empty one. */
export function readerSessionsContract(name: string, make: () => Promise<ReaderSessions>): void {
  describe(`reader sessions: ${name}`, () => {
    it("[RD1] keeps a session until it is ended or has expired", async ({ expect }) => {
      const sessions = await make();
      expect(await sessions.living([], AT)).toEqual(new Set());
      await sessions.open("a", AT + DAY, AT);
      await sessions.open("b", AT + 2 * DAY, AT);
      expect(await sessions.living(["a", "b", "c"], AT)).toEqual(new Set(["a", "b"]));
      expect(await sessions.living(["a", "b"], AT + DAY)).toEqual(new Set(["b"]));
      await sessions.end("b");
      await sessions.end("b");
      expect(await sessions.living(["a", "b"], AT)).toEqual(new Set(["a"]));
    });

    it("[RD1] has a bound: one more ends the one that expires first", async ({ expect }) => {
      const sessions = await make();
      const ids = Array.from({ length: MAX_READER_SESSIONS + 3 }, (_, index) => `s${index}`);
      for (const [index, id] of ids.entries()) {
        await sessions.open(id, AT + DAY + index, AT + index);
      }
      expect(await sessions.living(ids, AT)).toEqual(new Set(ids.slice(3)));
    });
  });
}
