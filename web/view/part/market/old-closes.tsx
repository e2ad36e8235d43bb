/** A note where a real market's last session is long past, with what to do about it. The demo has a calendar of its own. */
import { createMemo, type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import { useApp } from "../../app-context.tsx";
import { closeAge } from "../../labels/close-age.ts";
import { useMarket } from "../../market-context.tsx";
import { createMoment } from "../../moment.ts";

const LOOK_MS = 60_000;

export function OldCloses(): JSX.Element {
  const { text, format } = useApp();
  const { exchange, session } = useMarket();
  const now = createMoment(LOOK_MS);
  const age = createMemo((): number | null => {
    const [day, active] = [session(), exchange.active()];
    return day === null || active === null || isSimulated(active) ? null : closeAge(day, now());
  });
  return (
    <Show when={age()}>
      {(days) => (
        <p class="page-note old-note">
          <b>{text().oldCloses(format().shortDay(session()), format().integer(days()))}</b>{" "}
          {text().oldClosesHelp}
        </p>
      )}
    </Show>
  );
}
