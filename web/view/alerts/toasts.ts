/** The notices that stand over the page for some seconds: none of them is the only copy of what it states. */
import { type Accessor, createSignal } from "solid-js";
import type { Notice } from "../../store/alerts/notice-log.ts";

/** What one of them states. */
export type ToastContent =
  /** Several are one, whose newest is named. */
  | { readonly kind: "events" | "withdrawn"; readonly notices: readonly Notice[] }
  /** What a press has turned on, and with `isRefused` that it did not. */
  | { readonly kind: "asked"; readonly text: string; readonly isRefused: boolean };

export type Toast = ToastContent & { readonly id: number };

/** At once; one more, and the oldest goes. */
export const MAX_TOASTS = 3;
export const TOAST_MS = 6_000;

export interface Toasts {
  /** Oldest first. */
  readonly all: Accessor<readonly Toast[]>;
  readonly add: (content: ToastContent) => void;
  readonly close: (id: number) => void;
  /** All of them: the reader has come to where they are kept. */
  readonly clear: () => void;
  /** While it is held, by the pointer, the focus or a hidden page, none of them goes; each gets its time again after it. */
  readonly hold: (isHeld: boolean) => void;
}

/** `after` as `setTimeout`; returns how to cancel. */
export function createToasts(after: (ms: number, run: () => void) => () => void): Toasts {
  const [all, setAll] = createSignal<readonly Toast[]>([]);
  const timers = new Map<number, () => void>();
  let isHeld = false;
  let last = 0;
  function close(id: number): void {
    timers.get(id)?.();
    timers.delete(id);
    setAll((now) => now.filter((one) => one.id !== id));
  }
  function start(id: number): void {
    timers.get(id)?.();
    timers.set(
      id,
      after(TOAST_MS, () => {
        close(id);
      }),
    );
  }
  return {
    all,
    close,
    clear: () => {
      all().forEach(({ id }) => {
        close(id);
      });
    },
    add: (content) => {
      last += 1;
      const toast = { ...content, id: last };
      all()
        .slice(0, Math.max(0, all().length + 1 - MAX_TOASTS))
        .forEach(({ id }) => {
          close(id);
        });
      setAll((now) => [...now, toast]);
      if (!isHeld) {
        start(toast.id);
      }
    },
    hold: (held) => {
      isHeld = held;
      for (const { id } of all()) {
        if (held) {
          timers.get(id)?.();
          timers.delete(id);
        } else {
          start(id);
        }
      }
    },
  };
}

const made = new WeakMap<object, Toasts>();

function afterTimeout(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => {
    clearTimeout(timer);
  };
}

/** One for the page: parts that load apart add to the same. `after` counts for who asks first. */
export function toastsOf(device: object, after = afterTimeout): Toasts {
  const toasts = made.get(device) ?? createToasts(after);
  made.set(device, toasts);
  return toasts;
}
