/** What a build for development has in the place of web/view/page/development-pages.ts. */
import { type Component, lazy } from "solid-js";

export const DEVELOPMENT_PAGES: Readonly<Record<string, Component>> = {
  "/gallery": lazy(async () => ({ default: (await import("./gallery.tsx")).Gallery })),
};
