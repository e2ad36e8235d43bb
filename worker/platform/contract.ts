/**
 * The contract between Worker and objects: a deployment changes them at different moments, and an object's storage outlives
 * both. A state that a newer version wrote is refused by name, before anything of it is read or written.
 */
import { type Neighbour, NeighbourError, OTHER_VERSION } from "../app/ports/neighbour-error.ts";

/**
 * Grows with a change of what an object stores that the version before would misunderstand. A column or a table more is none.
 * Calls need no number: one whose arguments or answer change gets a new name, and a missing name is recognised by itself.
 */
export const CONTRACT = 1;

const TABLE =
  "CREATE TABLE IF NOT EXISTS contract (id INTEGER PRIMARY KEY CHECK (id = 0), version INTEGER NOT NULL)";

/** To be called first at every birth of an object. Throws a {@link NeighbourError} of the object itself on a newer state. */
export function checkContract(sql: Pick<SqlStorage, "exec">, object: Neighbour): void {
  sql.exec(TABLE);
  const written = sql.exec<{ version: number }>("SELECT version FROM contract").toArray()[0]?.version ?? 0;
  if (written > CONTRACT) {
    throw new NeighbourError(
      `${object} has a state that ${OTHER_VERSION} wrote, a newer one (contract ${written}, this is ${CONTRACT}): deploy that version again. Nothing was changed.`,
      { neighbour: object, retryable: true },
    );
  }
  if (written < CONTRACT) {
    sql.exec("INSERT OR REPLACE INTO contract VALUES (0, ?)", CONTRACT);
  }
}
