/** The list that `j` and `k` walk through: there is one a page, and the page's shortcuts do not know which. */
import type { Roving } from "./create-roving.ts";

let current: Roving | null = null;

export const listKeys = {
  /** Until the returned function is called. */
  use(roving: Roving): () => void {
    current = roving;
    return () => {
      current = current === roving ? null : current;
    };
  },
  move(by: number): void {
    current?.move(by);
  },
};
