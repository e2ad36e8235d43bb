/** Which rows of a list exist: all of a short one; the virtual list loads with the first list that is long. */
import { createEffect, createSignal, getOwner, onCleanup, runWithOwner } from "solid-js";
import type { ShownRows, RowsOptions } from "./rows.ts";

/** Up to here every row exists. */
const SHORT = 40;

/** The first rows; the space of the others stands empty until the virtual list has loaded. */
function firstRows({ ids, height, list }: RowsOptions): ShownRows {
  return {
    ids: () => ids().slice(0, SHORT),
    index: (id) => ids().indexOf(id),
    gapBefore: () => 0,
    gapAfter: () => height * Math.max(0, ids().length - SHORT),
    measure: () => undefined,
    scrollTo: (id) => {
      list()
        ?.querySelector(`[data-row="${CSS.escape(id)}"]`)
        ?.scrollIntoView({ block: "nearest" });
    },
  };
}

/** Starts with the first rows, so that a short list never loads the virtual one. */
export function createShownRows(options: RowsOptions): ShownRows {
  const [rows, setRows] = createSignal(firstRows(options));
  const owner = getOwner();
  let isAsked = false;
  let isOver = false;
  createEffect(() => {
    if (options.ids().length > SHORT && !isAsked) {
      isAsked = true;
      import("./create-virtual-rows.ts").then(
        ({ createVirtualRows }) => {
          if (!isOver) {
            runWithOwner(owner, () => setRows(() => createVirtualRows(options)));
          }
        },
        // A load that fails is expected offline: the first rows stay, and the next change of a long list loads again.
        () => {
          isAsked = false;
        },
      );
    }
  });
  onCleanup(() => {
    isOver = true;
  });
  return {
    ids: () => rows().ids(),
    index: (id) => rows().index(id),
    gapBefore: (id) => rows().gapBefore(id),
    gapAfter: () => rows().gapAfter(),
    measure: (element) => {
      rows().measure(element);
    },
    scrollTo: (id) => {
      rows().scrollTo(id);
    },
  };
}
