import { describe, it } from "vitest";
import { closing, history, inStore, rowsFrom } from "../../testing/stage/book-store.ts";
import { BarStore, MAX_OPEN_DAYS } from "./bar-store.ts";
import type { BookStorage } from "./book-tables.ts";

const TABLES = ["series", "day_rows", "session", "import_mark", "revision"];

/** The same storage, on which every statement that contains `text` fails once armed. */
function failingStorage(
  storage: DurableObjectStorage,
  text: string,
): { storage: BookStorage; arm: () => void } {
  let armed = false;
  return {
    arm: () => {
      armed = true;
    },
    storage: {
      transactionSync: (closure) => storage.transactionSync(closure),
      sql: {
        exec: (query, ...bindings: unknown[]) => {
          if (armed && query.includes(text)) {
            throw new Error("disk failed");
          }
          return storage.sql.exec(query, ...bindings);
        },
      },
    },
  };
}

/** Every byte of every table. */
function dump(storage: DurableObjectStorage): unknown {
  return TABLES.map((table) =>
    storage.sql
      .exec(`SELECT * FROM ${table}`)
      .toArray()
      .map((row) =>
        Object.values(row).map((cell) => (cell instanceof ArrayBuffer ? [...new Uint8Array(cell)] : cell)),
      ),
  );
}

describe("a call whose write fails", () => {
  const statements = [
    "INTO series",
    "INTO day_rows",
    "INTO session",
    "INTO import_mark",
    "INTO revision",
    "DELETE FROM day_rows",
  ];
  for (const text of statements) {
    it(`[BK2] leaves nothing behind: ${text}`, async ({ expect }) => {
      await inStore((store, storage) => {
        store.addHistory([history("D00001", rowsFrom(1, 5))], { id: "x", next: 1 });
        for (let day = 6; day < 6 + MAX_OPEN_DAYS; day++) {
          store.closeDay(closing(day, ["D00001", "D00002"]), null);
        }
        const before = dump(storage);
        const failing = failingStorage(storage, text);
        const failingStore = new BarStore(failing.storage);
        failing.arm();
        const last = closing(26, ["D00001", "D00002"]);
        expect(() => failingStore.closeDay(last, { id: "x", next: 2 })).toThrow("disk failed");
        expect(dump(storage)).toEqual(before);
        expect(store.closeDay(last, { id: "x", next: 2 })).toEqual({ added: 2, replaced: 0, unchanged: 0 });
        expect(store.importPosition("x")).toBe(2);
      });
    });
  }
});
