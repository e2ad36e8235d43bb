/** Stars a share on this device, or takes the star back. */
import type { JSX } from "solid-js";
import { useApp } from "../../app-context.tsx";

/** `tabindex` -1 for a row that the arrows reach. */
export function StarButton(props: { ticker: string; name: string; tabindex?: 0 | -1 }): JSX.Element {
  const { text, device } = useApp();
  const isOn = (): boolean => device.stars.has(props.ticker);
  return (
    <button
      type="button"
      class="star"
      aria-pressed={isOn()}
      aria-label={text().starOf(props.name)}
      aria-keyshortcuts="w"
      tabindex={props.tabindex}
      onClick={() => {
        device.stars.toggle(props.ticker);
      }}
    >
      <span aria-hidden="true">{isOn() ? "★" : "☆"}</span>
    </button>
  );
}
