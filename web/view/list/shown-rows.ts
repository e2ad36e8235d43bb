/** Which rows of a list exist. A short list is simply all there; what makes a long one cheap is loaded when there is one. */
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
        // Without it the first rows are there; the next long list asks again.
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
