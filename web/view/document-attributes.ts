/** What the document itself states of the visitor's choices: styles and screen readers follow it. */
import { createEffect } from "solid-js";
import { useApp } from "./app-context.tsx";

/** For the outermost part of a page. */
export function useDocumentAttributes(): void {
  const { locale, preferences } = useApp();
  createEffect(() => {
    document.documentElement.lang = locale();
    document.documentElement.dataset["theme"] = preferences.theme();
    document.documentElement.dataset["updown"] = preferences.palette();
  });
}
