/** The list of the device that the address names, where that is not the stars: a chip that is pressed, and lifts the choice. */
import type { JSX } from "solid-js";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import { useListName } from "../../labels/watch-texts.ts";
import { FilterChip } from "./filter-chip.tsx";

export function ListChip(props: { filter: ListFilter }): JSX.Element {
  const nameOf = useListName();
  return (
    <FilterChip
      label={nameOf(props.filter.query().list)}
      count={props.filter.filtered().counts.list}
      isOn
      onPress={() => {
        props.filter.choose({ list: null });
      }}
    />
  );
}
