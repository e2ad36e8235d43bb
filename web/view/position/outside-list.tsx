/** The ways to other sites that show the same share, each in a tab of its own that learns nothing of this page. */
import { For, type JSX, Show } from "solid-js";
import { TOOLS_TEXTS, type ToolsTexts } from "../../i18n/tools-texts.ts";
import { useApp } from "../app-context.tsx";
import { outsideLinks } from "./outside-links.ts";

export function OutsideList(props: { ticker: string }): JSX.Element {
  const { locale } = useApp();
  const texts = (): ToolsTexts => TOOLS_TEXTS[locale()];
  const links = (): ReturnType<typeof outsideLinks> => outsideLinks(props.ticker);
  return (
    <section class="card outside" aria-labelledby="outside-title">
      <h2 id="outside-title">{texts().links}</h2>
      <Show when={links().length > 0} fallback={<p class="muted small-note">{texts().fictional}</p>}>
        <ul>
          <For each={links()}>
            {({ site, href }) => (
              <li>
                <a href={href} target="_blank" rel="external noopener noreferrer">
                  {texts().sites[site]} <span aria-hidden="true">↗</span>
                  <span class="visually-hidden">({texts().newTab})</span>
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
