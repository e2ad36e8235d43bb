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
  hasFocus(): boolean {
    return current?.hasFocus() === true;
  },
  /** Into view, and the row that the Tab key reaches; with the focus where `takesFocus`. */
  show(id: string, takesFocus: boolean): void {
    current?.show(id, takesFocus);
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
  show(id: string, takesFocus: boolean): void;
  hasFocus(): boolean;
}

interface Options {
  readonly ids: Accessor<readonly string[]>;
  /** Brings a row into being and into view. */
  scrollTo(id: string): void;
  /** Where the rows' links are. */
  readonly list: Accessor<HTMLElement | undefined>;
}

/** Frames within which a row comes into being. */
const FRAMES = 10;

/** Follows the row by id: a list that is sorted anew keeps its focus. */
export function createRoving(options: Options): Roving {
  const [active, setActive] = createSignal<string | null>(null);
  /** The focus follows to a row that does not exist yet. */
  let isAwaited = false;
  const reached = (): string | null => {
    const id = active();
    return id !== null && options.ids().includes(id) ? id : (options.ids()[0] ?? null);
  };

  /** At once where the row exists: the next key may come within the same frame. One far away takes the virtual list some frames. */
  function focusRow(id: string, frames: number): void {
    const link = options.list()?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] a`);
    isAwaited = !link && frames > 0 && active() === id;
    if (link) {
      link.focus();
    } else if (isAwaited) {
      requestAnimationFrame(() => {
        focusRow(id, frames - 1);
      });
    }
  }
  function show(id: string, takesFocus: boolean): void {
    setActive(id);
    options.scrollTo(id);
    if (takesFocus) {
      focusRow(id, FRAMES);
    }
  }
  function go(index: number): void {
    const ids = options.ids();
    const id = ids[Math.min(ids.length - 1, Math.max(0, index))];
    if (id !== undefined) {
      show(id, true);
    }
  }
  const hasFocus = (): boolean => options.list()?.contains(document.activeElement) === true;
  return {
    active: reached,
    isActive: (id) => reached() === id,
    focused: setActive,
    hasFocus,
    show,
    move: (by) => {
      go(
        hasFocus() || isAwaited
          ? options.ids().indexOf(reached() ?? "") + by
          : Math.max(0, options.ids().indexOf(active() ?? "")),
      );
    },
    toEnd: (end) => {
      go(end === "first" ? 0 : options.ids().length - 1);
    },
  };
}

/** The keys of a list that has the focus. Whether the key was one of them: with Ctrl, Alt or Meta it is the browser's. */
export function rove(
  roving: Roving,
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey">,
): boolean {
  switch (event.ctrlKey || event.altKey || event.metaKey ? "" : event.key) {
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
