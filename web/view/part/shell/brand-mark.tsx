/** The mark: three swings that tighten towards a pivot. */
import type { JSX } from "solid-js";

export function BrandMark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M4 9L9 24L14 12L19 20.5L23 14L26 17L29 13" />
    </svg>
  );
}
