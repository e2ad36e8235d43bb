/** One stop of the Tab key for a whole list; arrows, `j` and `k` walk inside it. */
import { type Accessor, createSignal } from "solid-js";

let current: Roving | null = null;

/** The one list of a page that `j` and `k` walk through; the shortcuts of the page have no list of their own. */
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

/** One stop of the Tab key for a whole list (WAI-ARIA, roving tabindex). */
export interface Roving {
  /** The row that the Tab key reaches. */
  readonly active: Accessor<string | null>;
  isActive(id: string): boolean;
  focused(id: string): void;
  /** To the row `by` places on from the active one, or to the first. */
  move(by: number): void;
  toEnd(end: "first" | "last"): void;
}

interface Options {
  readonly ids: Accessor<readonly string[]>;
  /** Brings a row into being and into view. */
  scrollTo(id: string): void;
  /** Where the rows' links are. */
  readonly list: Accessor<HTMLElement | undefined>;
}

/** Follows the row by id: a list that is sorted anew keeps its focus. */
export function createRoving(options: Options): Roving {
  const [active, setActive] = createSignal<string | null>(null);
  const reached = (): string | null => {
    const id = active();
    return id !== null && options.ids().includes(id) ? id : (options.ids()[0] ?? null);
  };

  function go(index: number): void {
    const ids = options.ids();
    const id = ids[Math.min(ids.length - 1, Math.max(0, index))];
    if (id === undefined) {
      return;
    }
    setActive(id);
    options.scrollTo(id);
    // A frame later: the virtual list may have to make the row first.
    requestAnimationFrame(() => {
      const link = options.list()?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] a`);
      link?.focus();
    });
  }
  return {
    active: reached,
    isActive: (id) => reached() === id,
    focused: setActive,
    move: (by) => {
      const isInside = options.list()?.contains(document.activeElement) === true;
      go(
        isInside
          ? options.ids().indexOf(reached() ?? "") + by
          : Math.max(0, options.ids().indexOf(active() ?? "")),
      );
    },
    toEnd: (end) => {
      go(end === "first" ? 0 : options.ids().length - 1);
    },
  };
}

/** The keys of a list that has the focus. Whether the key was one of them. */
export function rove(roving: Roving, key: string): boolean {
  switch (key) {
    case "ArrowDown":
      roving.move(1);
      return true;
    case "ArrowUp":
      roving.move(-1);
      return true;
    case "PageDown":
      roving.move(10);
      return true;
    case "PageUp":
      roving.move(-10);
      return true;
    case "Home":
      roving.toEnd("first");
      return true;
    case "End":
      roving.toEnd("last");
      return true;
    default:
      return false;
  }
}
