/**
 * Where the focus goes with a new page: to its heading, so that a screen reader announces the page and Tab begins there;
 * on the way back to the row that was left. Content may come late, so an observer waits until the reader acts.
 */
import { useLocation } from "@solidjs/router";
import { type Accessor, createEffect, on, onCleanup } from "solid-js";
import { isStep } from "./flip/flip-list.ts";

/** The element that this page begins with, once it is there. */
function firstOf(main: HTMLElement, left: string): HTMLElement | null {
  // Compared as text: an address is no safe part of a selector.
  const row = [...main.querySelectorAll<HTMLAnchorElement>("a.row-link")].find(
    (link) => link.pathname === left,
  );
  return row ?? main.querySelector<HTMLElement>("h2");
}

function take(element: HTMLElement): void {
  if (element.tagName === "H2") {
    element.tabIndex = -1;
  }
  element.focus({ preventScroll: element.tagName === "H2" });
}

/** Events of a reader who acts: they end the waiting. */
const OWN_DOING = ["keydown", "pointerdown"] as const;

/** Runs until something could be focused, the reader acts, or the returned function is called. */
function follow(main: HTMLElement, left: string): () => void {
  const observer = new MutationObserver(look);
  function stop(): void {
    observer.disconnect();
    for (const doing of OWN_DOING) {
      document.removeEventListener(doing, stop, true);
    }
  }
  function look(): void {
    const found = firstOf(main, left);
    if (found !== null) {
      stop();
      take(found);
    }
  }
  observer.observe(main, { subtree: true, childList: true });
  for (const doing of OWN_DOING) {
    document.addEventListener(doing, stop, true);
  }
  look();
  return stop;
}

/** Puts the focus into `main` after every change of the address but the first. */
export function usePageFocus(main: Accessor<HTMLElement | undefined>): void {
  const location = useLocation();
  let left = location.pathname;
  const isStepped = (): boolean => isStep(location.state) && left.startsWith("/signals/");
  createEffect(
    on(
      () => location.pathname,
      (path) => {
        const element = main();
        // A step through the list leaves the focus where it is.
        if (element !== undefined && !isStepped()) {
          onCleanup(follow(element, left));
        }
        left = path;
      },
      { defer: true },
    ),
  );
}
