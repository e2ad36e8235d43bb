/** The {@link OwnerLog} on D1. Every failure leaves as a `NeighbourError` of D1. */
import { desc, eq, sql } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import type { OwnerAction, OwnerLog, RecordedAction } from "../../app/ports/owner-log.ts";
import { assert } from "../../core/assert.ts";
import { ownerActionTable } from "./schema.ts";
import { attempt } from "./store-error.ts";

/** Old entries are removed as new ones are written, so that no job is needed. */
export class D1OwnerLog implements OwnerLog {
  readonly #db: DrizzleD1Database;

  constructor(d1: D1Database) {
    this.#db = drizzle(d1);
  }

  begin(action: OwnerAction): Promise<number> {
    return attempt("write down an action of the owner", async () => {
      const [row] = await this.#db
        .insert(ownerActionTable)
        .values(action)
        .returning({ position: ownerActionTable.position });
      assert(row !== undefined, "A row that was inserted has a position");
      return row.position;
    });
  }

  note(position: number, text: string): Promise<void> {
    return attempt("write down what the owner asks for", async () => {
      await this.#db
        .update(ownerActionTable)
        .set({ path: sql`${ownerActionTable.path} || ' ' || ${text}` })
        .where(eq(ownerActionTable.position, position));
    });
  }

  end(position: number, status: number, at: number): Promise<void> {
    return attempt("write down how an action of the owner ended", async () => {
      await this.#db
        .update(ownerActionTable)
        .set({ status, endedAt: at })
        .where(eq(ownerActionTable.position, position));
    });
  }

  newest(limit: number): Promise<readonly RecordedAction[]> {
    return attempt(
      "read the actions of the owner",
      async () =>
        await this.#db.select().from(ownerActionTable).orderBy(desc(ownerActionTable.position)).limit(limit),
    );
  }
}
