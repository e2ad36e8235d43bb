/** A list that comes in pages: the first by its address, further ones when they are asked for. */
import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from "solid-js";
import { RequestError } from "./fetch-json.ts";
import { createLoading, type Remote } from "./remote.ts";

export interface PagedList<T> extends Remote<T> {
  /** Every page that has come, the first one first; empty before it. */
  readonly pages: Accessor<readonly T[]>;
  readonly busyMore: Accessor<boolean>;
  /** The page after the last one. Never rejects. */
  more(): Promise<void>;
}

interface Held<T> {
  readonly of: string;
  readonly pages: readonly T[];
}

type Load<T> = (address: string, abort: AbortSignal) => Promise<T>;

/** The pages after the first; `drop` lets go of one that is under way, since the first has come anew. */
function createMore<T extends { readonly next_cursor: string | null }>(
  held: Accessor<Held<T>>,
  load: Load<T>,
  take: (held: Held<T>) => void,
): Pick<PagedList<T>, "busyMore" | "more" | "failure"> & { drop(): void } {
  const [failure, setFailure] = createSignal<RequestError | null>(null);
  const [busyMore, setBusyMore] = createSignal(false);
  let current = new AbortController();

  async function more(): Promise<void> {
    const [{ of, pages }, mine] = [held(), current];
    const cursor = pages.at(-1)?.next_cursor ?? null;
    if (cursor === null || busyMore()) {
      return;
    }
    setBusyMore(true);
    try {
      const page = await load(`${of}&cursor=${encodeURIComponent(cursor)}`, mine.signal);
      if (mine === current) {
        setFailure(null);
        take({ of, pages: [...pages, page] });
      }
    } catch (error) {
      if (mine === current) {
        setFailure(RequestError.of(error));
      }
    }
    if (mine === current) {
      setBusyMore(false);
    }
  }

  function drop(): void {
    current.abort();
    current = new AbortController();
    setFailure(null);
    setBusyMore(false);
  }

  onCleanup(drop);
  return { busyMore, more, failure, drop };
}

/** `address` has a query. Pages of another address are none of it: its value is `null` until its own first page comes. */
export function createPagedList<T extends { readonly next_cursor: string | null }>(
  address: Accessor<string>,
  load: Load<T>,
): PagedList<T> {
  const [held, setHeld] = createSignal<Held<T>>({ of: "", pages: [] });
  const rest = createMore(held, load, setHeld);
  const pages = (): readonly T[] => (held().of === address() ? held().pages : []);
  const first = createLoading(
    async (abort) => {
      const of = untrack(address);
      return { of, page: await load(of, abort) };
    },
    ({ of, page }) => {
      rest.drop();
      setHeld({ of, pages: [page] });
    },
  );
  createEffect(on(address, () => void first.reload(), { defer: true }));
  return {
    ...first,
    failure: () => first.failure() ?? rest.failure(),
    value: () => pages()[0] ?? null,
    pages,
    busyMore: rest.busyMore,
    more: rest.more,
  };
}
