/** The row that is shown beside the list, on a screen that is wide enough: the first one until the reader chooses. */
import { type Accessor, createMemo, createSelector, createSignal } from "solid-js";
import { createMediaMatch } from "../environment.ts";
import { type Flip, placeIn } from "../flip/flip-place.ts";
import type { LiveOrder } from "./create-row-order.ts";
import { listKeys } from "./create-roving.ts";

export interface Selection extends Flip {
  /** Whether there is room beside the list. */
  readonly hasRoom: Accessor<boolean>;
  /** Whether it stands there. */
  readonly isOn: Accessor<boolean>;
  readonly select: (id: string) => void;
  /** The reader's own choice; `null` while the first row stands there by itself. */
  readonly chosen: Accessor<string | null>;
  /** Reactive, for its own row alone. */
  readonly isSelected: (id: string) => boolean;
}

/** `isWanted`: the reader lets it stand there. */
export function createSelection(order: LiveOrder, isWanted: Accessor<boolean>): Selection {
  const hasRoom = createMediaMatch("(min-width: 1440px)");
  const isOn = (): boolean => hasRoom() && isWanted();
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [steps, setSteps] = createSignal(0);
  const ids = (): readonly string[] => order.order().ids;
  /** A row that leaves the list leaves its place to the first; a list that is only sorted anew changes nothing. */
  const id = createMemo<string | null>((before) => {
    const wanted = chosen() ?? before;
    return wanted !== null && ids().includes(wanted) ? wanted : (ids()[0] ?? null);
  }, null);
  const place = createMemo(() => placeIn(ids(), id()));
  return {
    hasRoom,
    isOn,
    id,
    ids,
    place,
    steps,
    select: setChosen,
    chosen: () => (isOn() && chosen() === id() ? chosen() : null),
    isSelected: createSelector(() => (isOn() ? id() : null)),
    step: (by) => {
      const next = by === 1 ? place().next : place().previous;
      if (next === null) {
        return false;
      }
      const isInside = listKeys.hasFocus();
      // First: with the next signal on the page already, bringing its row into view would lay out all of it at once.
      listKeys.show(next, isInside);
      setChosen(next);
      if (!isInside) {
        // A row that takes the focus is spoken by that.
        setSteps((count) => count + 1);
      }
      return true;
    },
  };
}
