/** States over every page that it shows a kept state, of when, and that it is not live; with the network the page opens anew. */
import { createEffect, type JSX } from "solid-js";
import { STORED_TEXTS, type StoredTexts } from "../../../i18n/stored-texts.ts";
import { storedAt } from "../../../store/stored-state.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";

export function StoredNote(): JSX.Element {
  const { locale, format } = useApp();
  const { live } = useMarket();
  const texts = (): StoredTexts => STORED_TEXTS[locale()];
  createEffect(() => {
    // What was loaded from the device is of no position that a stream could go on from.
    if (["live", "quiet", "stale", "closed", "recovered"].includes(live.status().state)) {
      location.reload();
    }
  });
  return (
    <output class="page-note offline-note stored-note">
      <b>{texts().title(format().time(storedAt()))}</b> {texts().help}
    </output>
  );
}
