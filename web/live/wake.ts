/** The moments at which a page may have missed something: network back, tab shown, page out of the cache. */

/** What became of the page or its network. */
export type Wake = "online" | "offline" | "hidden" | "shown";

/** The parts of a browser that are listened to. */
export interface WakeSources {
  readonly window: Pick<EventTarget, "addEventListener" | "removeEventListener">;
  readonly document: Pick<EventTarget, "addEventListener" | "removeEventListener"> & {
    readonly hidden: boolean;
  };
  readonly navigator: { readonly onLine: boolean };
}

/** Calls `onWake` with the present state first where it is not the usual one. Returns how to stop. */
export function listenForWakes(sources: WakeSources, onWake: (wake: Wake) => void): () => void {
  const { window, document, navigator } = sources;
  const onVisibility = (): void => {
    onWake(document.hidden ? "hidden" : "shown");
  };
  const listeners = [
    [
      window,
      "online",
      () => {
        onWake("online");
      },
    ],
    [
      window,
      "offline",
      () => {
        onWake("offline");
      },
    ],
    [window, "pageshow", onVisibility],
    [document, "visibilitychange", onVisibility],
  ] as const;
  if (!navigator.onLine) {
    onWake("offline");
  }
  if (document.hidden) {
    onWake("hidden");
  }
  for (const [source, event, listener] of listeners) {
    source.addEventListener(event, listener);
  }
  return () => {
    for (const [source, event, listener] of listeners) {
      source.removeEventListener(event, listener);
    }
  };
}
