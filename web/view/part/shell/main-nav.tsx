/** The ways through the pages. */
import { useLocation } from "@solidjs/router";
import { For, type JSX } from "solid-js";
import { useApp } from "../../app-context.tsx";

const LINKS = [
  { href: "/", label: "navDashboard" },
  { href: "/runs", label: "navRuns" },
  { href: "/performance", label: "navPerformance" },
] as const;

export function MainNav(): JSX.Element {
  const { text } = useApp();
  const location = useLocation();
  const isHere = (href: string): boolean =>
    href === "/" ? location.pathname === "/" : location.pathname.startsWith(href);
  return (
    <nav aria-label={text().navMain}>
      <ul class="main-nav">
        <For each={LINKS}>
          {(link) => (
            <li>
              <a href={link.href} aria-current={isHere(link.href) ? "page" : undefined}>
                {text()[link.label]}
              </a>
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}
