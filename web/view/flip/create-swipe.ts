/** Flips with a sweep of one finger, outside of what is swept or drawn on for itself. The buttons do the same (WCAG 2.5.7). */
import { type Accessor, createEffect, onCleanup } from "solid-js";
import { sweptBy, type TouchPoint } from "./swipe.ts";

/** The chart is pointed at and zoomed with the finger. */
const OWN_TOUCH = ".chart-frame, input, select, dialog";

function scrollsSideways(target: Element, end: Element): boolean {
  for (let at: Element | null = target; at !== null && at !== end; at = at.parentElement) {
    if (at.scrollWidth > at.clientWidth && ["auto", "scroll"].includes(getComputedStyle(at).overflowX)) {
      return true;
    }
  }
  return false;
}

function pointOf(touch: Touch, event: Event): TouchPoint {
  return { x: touch.clientX, y: touch.clientY, at: event.timeStamp };
}

/** Until the owner ends. */
export function createSwipe(element: Accessor<HTMLElement | undefined>, step: (by: 1 | -1) => void): void {
  createEffect(() => {
    const host = element();
    if (host === undefined) {
      return;
    }
    let from: TouchPoint | null = null;
    const onStart = (event: TouchEvent): void => {
      const [touch] = event.touches;
      const { target } = event;
      const isOwn =
        !(target instanceof Element) || target.closest(OWN_TOUCH) !== null || scrollsSideways(target, host);
      from = touch === undefined || event.touches.length > 1 || isOwn ? null : pointOf(touch, event);
    };
    const onEnd = (event: TouchEvent): void => {
      const [touch] = event.changedTouches;
      const by =
        from === null || touch === undefined
          ? null
          : sweptBy(from, pointOf(touch, event), innerWidth, visualViewport?.scale);
      from = null;
      if (by !== null) {
        step(by);
      }
    };
    const onCancel = (): void => {
      from = null;
    };
    host.addEventListener("touchstart", onStart, { passive: true });
    host.addEventListener("touchend", onEnd, { passive: true });
    host.addEventListener("touchcancel", onCancel, { passive: true });
    onCleanup(() => {
      host.removeEventListener("touchstart", onStart);
      host.removeEventListener("touchend", onEnd);
      host.removeEventListener("touchcancel", onCancel);
    });
  });
}
