/** States over every page that a star was refused, or is not stored, and what helps. */
import { type JSX, Show } from "solid-js";
import { STARRED } from "../../../store/device/stars.ts";
import { useApp } from "../../app-context.tsx";
import { useWatchTexts } from "../../labels/watch-texts.ts";

export function StarNote(): JSX.Element {
  const { device } = useApp();
  const texts = useWatchTexts();
  return (
    <p class="page-note offline-note" role="alert">
      <Show
        when={device.stars.isFull()}
        fallback={
          <>
            {texts().notKept} <a href="/settings#device">{texts().toDevice}</a>
          </>
        }
      >
        {texts().starsFull} <a href={`/watch/${STARRED}`}>{texts().toStarred}</a>
      </Show>
    </p>
  );
}
