/**
 * Of a long list only the rows near the screen exist: which they are, and how much empty space stands for the others. Loads
 * with the first list that is long.
 */
import { createWindowVirtualizer, defaultRangeExtractor, type Range } from "@tanstack/solid-virtual";
import { type Accessor, createMemo, createSignal, onCleanup, onMount } from "solid-js";
import type { RowsOptions, ShownRows } from "./rows.ts";

const OVERSCAN = 8;

/** Pixels from the top of the page to the list, which move when what stands above grows. */
function createTop(list: Accessor<HTMLElement | undefined>): Accessor<number> {
  const [top, setTop] = createSignal(0);
  const look = (): void => {
    setTop(Math.round((list()?.getBoundingClientRect().top ?? 0) + window.scrollY));
  };
  onMount(() => {
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    look();
    onCleanup(() => {
      observer.disconnect();
    });
  });
  return top;
}

/** The page scrolls and not the list, so the rows follow the window's position. */
export function createVirtualRows(options: RowsOptions): ShownRows {
  const top = createTop(options.list);
  const positions = createMemo(() => new Map(options.ids().map((id, i) => [id, i])));
  /** Another function for another order: the library keeps what it has made of the one before. */
  const keyOf = createMemo(() => {
    const ids = options.ids();
    return (index: number): string | number => ids[index] ?? index;
  });
  const virtualizer = createWindowVirtualizer({
    get count() {
      return options.ids().length;
    },
    estimateSize: () => options.height,
    get getItemKey() {
      return keyOf();
    },
    overscan: OVERSCAN,
    get scrollMargin() {
      return top();
    },
    // Read again for another kept row, before anything scrolls.
    get rangeExtractor() {
      const kept = positions().get(options.kept() ?? "");
      return (range: Range): number[] => {
        const shown = defaultRangeExtractor(range);
        return kept === undefined || shown.includes(kept)
          ? shown
          : [...shown, kept].toSorted((x, y) => x - y);
      };
    },
  });
  const gaps = createMemo(() => {
    const before = new Map<string, number>();
    let end = top();
    for (const item of virtualizer.getVirtualItems()) {
      before.set(String(item.key), Math.max(0, item.start - end));
      ({ end } = item);
    }
    return { before, after: Math.max(0, virtualizer.getTotalSize() - (end - top())) };
  });
  return {
    ids: createMemo(() => virtualizer.getVirtualItems().flatMap(({ index }) => options.ids()[index] ?? [])),
    index: (id) => positions().get(id) ?? 0,
    gapBefore: (id) => gaps().before.get(id) ?? 0,
    gapAfter: () => gaps().after,
    measure: (element) => {
      virtualizer.measureElement(element);
    },
    scrollTo: (id) => {
      virtualizer.scrollToIndex(positions().get(id) ?? 0, { align: "auto" });
    },
  };
}
