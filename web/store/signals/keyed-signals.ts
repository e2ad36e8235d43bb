/**
 * One signal a key, written in batches: however many ticks arrive, a cell wakes at most ten times a second, and only the
 * cells of the keys that moved. Between two batches only the last value of a key is kept.
 */
import { batch, createSignal, onCleanup, type Signal } from "solid-js";
import type { Timers } from "../../live/time.ts";

/** 10 Hz, what a table can show. */
const FLUSH_MS = 100;

/** Values by key, read by cells. */
export interface KeyedSignals<T> {
  /** Reactive; `null` before the first value. */
  read(key: string): T | null;
  put(key: string, value: T): void;
  /** Everything is unknown again, at once. */
  clear(): void;
}

/** A batch that still waits ends with the owner. */
export function createKeyedSignals<T extends object>(timers: Timers): KeyedSignals<T> {
  const signals = new Map<string, Signal<T | null>>();
  const pending = new Map<string, T>();
  let cancel: (() => void) | null = null;

  function signalOf(key: string): Signal<T | null> {
    const found = signals.get(key) ?? createSignal<T | null>(null);
    signals.set(key, found);
    return found;
  }
  function flush(): void {
    cancel = timers.after(FLUSH_MS, rest);
    batch(() => {
      for (const [key, value] of pending) {
        signalOf(key)[1](() => value);
      }
    });
    pending.clear();
  }
  function rest(): void {
    cancel = null;
    if (pending.size > 0) {
      flush();
    }
  }

  onCleanup(() => cancel?.());
  return {
    read: (key) => signalOf(key)[0](),
    put: (key, value) => {
      pending.set(key, value);
      // After a quiet time at once, with the other values of the same frame.
      cancel ??= timers.after(0, flush);
    },
    clear: () => {
      pending.clear();
      batch(() => {
        for (const [, set] of signals.values()) {
          set(null);
        }
      });
    },
  };
}
