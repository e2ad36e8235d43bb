/** Pages that only a build for development has: vite.config.ts puts web/gallery/development-pages.ts in the place of this file there. */
import type { Component } from "solid-js";

/** By path. The production build has none. */
export const DEVELOPMENT_PAGES: Readonly<Record<string, Component>> = {};
