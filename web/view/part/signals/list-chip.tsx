/** The list of the device that the address names, where that is not the stars: a chip that is pressed, and lifts the choice. */
import type { JSX } from "solid-js";
import { watchListsOf } from "../../../store/watch/watch-lists.ts";
import { useApp } from "../../app-context.tsx";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import { useWatchTexts } from "../../labels/watch-texts.ts";
import { FilterChip } from "./filter-chip.tsx";

export function ListChip(props: { filter: ListFilter }): JSX.Element {
  const { device } = useApp();
  const texts = useWatchTexts();
  const name = (): string =>
    watchListsOf(device).get(props.filter.query().list ?? "")?.name ?? texts().noList;
  return (
    <FilterChip
      label={name()}
      count={props.filter.filtered().counts.list}
      isOn
      onPress={() => {
        props.filter.choose({ list: null });
      }}
    />
  );
}
