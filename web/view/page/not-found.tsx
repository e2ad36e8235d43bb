/** An address without a page. */
import type { JSX } from "solid-js";
import { useApp } from "../app-context.tsx";

export function NotFound(): JSX.Element {
  const { text } = useApp();
  return (
    <div class="card empty">
      <h2>{text().notFoundTitle}</h2>
      <p>{text().notFoundText}</p>
      <a href="/">{text().navDashboard}</a>
    </div>
  );
}
