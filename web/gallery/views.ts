/** How the states of parts are drawn: exactly those that the registry names, which the compiler checks. */
import type { JSX } from "solid-js";
import type { PartId, StateOf } from "./registry.ts";

export type Views<Id extends PartId> = {
  readonly [Part in Id]: Readonly<Record<StateOf<Part>, () => JSX.Element>>;
};
