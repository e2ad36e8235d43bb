/** The list of the device that the address names, where that is not the stars: a chip that is pressed, and lifts the choice. */
import type { JSX } from "solid-js";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import { useListName } from "../../labels/watch-texts.ts";
import { FilterChip } from "./filter-chip.tsx";

/** Characters; the number of signals stands behind the name, and must not be the part that is cut. */
const MOST_SHOWN = 16;

function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length <= MOST_SHOWN
    ? name
    : `${letters
        .slice(0, MOST_SHOWN - 1)
        .join("")
        .trim()}…`;
}

export function ListChip(props: { filter: ListFilter }): JSX.Element {
  const nameOf = useListName();
  return (
    <FilterChip
      label={shortened(nameOf(props.filter.query().list))}
      title={nameOf(props.filter.query().list)}
      count={props.filter.filtered().counts.list}
      isOn
      onPress={() => {
        props.filter.choose({ list: null });
      }}
    />
  );
}
