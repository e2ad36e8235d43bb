/** Which rows of a list exist: what a short list and a virtual one have in common. */
import type { Accessor } from "solid-js";

/** The rows near the screen, and the space of the others in pixels. */
export interface ShownRows {
  /** Ids of the rows that exist now, in order. */
  readonly ids: Accessor<readonly string[]>;
  index(id: string): number;
  /** Pixels of missing rows before a row. */
  gapBefore(id: string): number;
  /** Pixels of missing rows after the last one. */
  readonly gapAfter: Accessor<number>;
  /** Takes the height that a row came to have; it carries its index as `data-index`. */
  measure(element: Element): void;
  /** Brings a row into being and into view. */
  readonly scrollTo: (id: string) => void;
}

/** What the choice of rows depends on. */
export interface RowsOptions {
  readonly ids: Accessor<readonly string[]>;
  /** Pixels, before a row has been measured. */
  readonly height: number;
  /** The element whose top is the top of the list. */
  readonly list: Accessor<HTMLElement | undefined>;
  /** A row that always exists, because it has the focus. */
  readonly kept: Accessor<string | null>;
}
