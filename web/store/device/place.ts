/** Where the records of a device are on an open page: its storage, and what other tabs write there. */
import type { RecordPlace } from "./kept.ts";
import type { Shelf } from "./shelf.ts";

/** Until the page ends. */
export function followTabs(run: (key: string | null) => void): void {
  addEventListener("storage", ({ key }) => {
    run(key);
  });
}

export function placeOf({ shelf }: { readonly shelf: Shelf }): RecordPlace {
  return { shelf, onOther: followTabs };
}
