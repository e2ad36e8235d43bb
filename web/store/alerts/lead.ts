/** Which of several tabs of one browser reads the log and notifies: the one that was looked at last, so that none does it twice. */
import { type Accessor, createSignal, untrack } from "solid-js";
import type { Timers } from "../../live/time.ts";
import { readShelf, type Shelf, writeShelf } from "../device/shelf.ts";

/** The name of the lock, and where there are no locks the key of the lease. */
const NAME = "vcp.alerts.lead";

/** A lease is renewed in half of this at the latest. */
const LEASE_MS = 6_000;
const RENEW_MS = 2_000;

export interface Lead {
  /** Reactive. */
  readonly isLeading: Accessor<boolean>;
  /** From now on this tab leads: its reader looks at it. Whatever effect calls it does not come to wait for the lead. */
  readonly take: () => void;
  readonly end: () => void;
}

/** What is used of `navigator.locks`. */
export interface Locks {
  request(
    name: string,
    options: { readonly signal?: AbortSignal; readonly steal?: boolean },
    run: () => Promise<void>,
  ): Promise<unknown>;
}

/** By a lock of the browser, which it takes from a tab that is gone by itself. */
export function leadByLock(locks: Locks): Lead {
  const [isLeading, setLeading] = createSignal(false);
  let isEnded = false;
  let waiting: AbortController | null = null;
  let release: (() => void) | null = null;

  async function hold(options: Parameters<Locks["request"]>[1]): Promise<void> {
    try {
      await locks.request(NAME, options, async () => {
        setLeading(true);
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
    } catch {
      // Expected: another tab took the lead, or this one no longer waits for it.
    }
  }
  async function queue(): Promise<void> {
    const mine = new AbortController();
    waiting = mine;
    await hold({ signal: mine.signal });
    if (!mine.signal.aborted) {
      lost();
    }
  }
  function lost(): void {
    setLeading(false);
    if (!isEnded) {
      void queue();
    }
  }
  void queue();
  return {
    isLeading,
    take: () => {
      if (!untrack(isLeading) && !isEnded) {
        waiting?.abort();
        void hold({ steal: true }).then(lost);
      }
    },
    end: () => {
      isEnded = true;
      waiting?.abort();
      release?.();
      setLeading(false);
    },
  };
}

interface LeaseOptions {
  readonly shelf: Shelf;
  readonly timers: Timers;
  /** Milliseconds since the epoch, as other tabs count them. */
  readonly now: () => number;
  /** Of this tab alone. */
  readonly id: string;
}

/** Where the browser has no locks. A tab leads once it has found its own lease, so of two that write at once only the later does. */
export function leadByLease({ shelf, timers, now, id }: LeaseOptions): Lead {
  const [isLeading, setLeading] = createSignal(false);
  let cancel: (() => void) | null = null;

  function write(): void {
    writeShelf(shelf, NAME, `${id} ${now() + LEASE_MS}`);
  }
  function look(): void {
    const [owner = "", until = "0"] = (readShelf(shelf, NAME) ?? "").split(" ");
    const isFree = !(Number(until) > now() && Number(until) <= now() + LEASE_MS);
    setLeading(owner === id && !isFree);
    if (owner === id || isFree) {
      write();
    }
    cancel = timers.after(RENEW_MS, look);
  }
  look();
  return {
    isLeading,
    take: write,
    end: () => {
      cancel?.();
      if (untrack(isLeading)) {
        writeShelf(shelf, NAME, "");
      }
      setLeading(false);
    },
  };
}
