/** The texts of lists and notes in the language of the page. */
import type { Accessor } from "solid-js";
import { WATCH_TEXTS, type WatchTexts } from "../../i18n/watch-texts.ts";
import { STARRED } from "../../store/device/stars.ts";
import type { WatchList } from "../../store/watch/watch-list.ts";
import { watchListsOf } from "../../store/watch/watch-lists.ts";
import { useApp } from "../app-context.tsx";

export function useWatchTexts(): Accessor<WatchTexts> {
  const { locale } = useApp();
  return () => WATCH_TEXTS[locale()];
}

/** The built-in list is named by the language of the page. */
export function listLabel(list: Pick<WatchList, "name">, texts: WatchTexts): string {
  return list.name === "" ? texts.starred : list.name;
}

/** The name of a list of this device by its id, as the chip of the choice shows it. */
export function useListName(): (id: string | null) => string {
  const { device, text } = useApp();
  const texts = useWatchTexts();
  return (id) =>
    id === STARRED ? text().pickStarred : (watchListsOf(device).get(id ?? "")?.name ?? texts().noList);
}
