/** Notifies of this share from now on, or of all that are starred; where that is so, leads to the rules. */
import { createSignal, type JSX, Show } from "solid-js";
import { pushOf } from "../../../store/alerts/device-push.ts";
import { useApp } from "../../app-context.tsx";
import { areStarsNotified, isNotified, tellMe, tellOfStars } from "../../alerts/tell-me.ts";
import { useAlertTexts } from "../../alerts/use-texts.ts";
import { useMarket } from "../../market-context.tsx";

/** The way to the rules takes the place and the focus of the button. */
function TellButton(props: { isOn: boolean; keys?: string; onTell: () => void }): JSX.Element {
  const texts = useAlertTexts();
  const [link, setLink] = createSignal<HTMLAnchorElement>();
  return (
    <Show
      when={!props.isOn}
      fallback={
        <a class="action small" href="/alerts" ref={setLink}>
          {texts().tellMeOn}
        </a>
      }
    >
      <button
        type="button"
        class="action small"
        aria-keyshortcuts={props.keys}
        onClick={() => {
          props.onTell();
          link()?.focus();
        }}
      >
        {texts().tellMe}
      </button>
    </Show>
  );
}

export function TellMeButton(props: { ticker: string; name: string }): JSX.Element {
  const { device, locale } = useApp();
  const { exchange } = useMarket();
  return (
    <TellButton
      isOn={isNotified(device, props.ticker)}
      keys="a"
      onTell={() => {
        tellMe({ device, exchange, locale: locale(), push: pushOf(device) }, props.ticker, props.name);
      }}
    />
  );
}

export function TellStarsButton(): JSX.Element {
  const { device, locale } = useApp();
  const { exchange } = useMarket();
  return (
    <TellButton
      isOn={areStarsNotified(device)}
      onTell={() => {
        tellOfStars({ device, exchange, locale: locale(), push: pushOf(device) });
      }}
    />
  );
}
