/** The names of the exchange, searched at each key; a part of the page that loads when someone searches. */
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import type { LatinName } from "../../../worker/protocol/latin-name.ts";
import { latinName } from "../../../worker/protocol/romanise.ts";
import type { ListedName, NamesBody } from "../../../worker/protocol/rest/names.ts";
import { findNames } from "./find-names.ts";
import { type SearchedName, searchedNames } from "./searched-name.ts";

/** With what a reader without Hangul is shown. */
export type FoundName = ListedName & Pick<LatinName, "romanised">;

/** The names of one exchange as of when they were loaded. */
export interface NameSearch {
  readonly exchange: Exchange;
  /** In every form in which they are looked for. */
  readonly names: readonly SearchedName[];
  /** At most `limit`, the likeliest first. */
  find(typed: string, limit: number): readonly FoundName[];
}

/** Ends the task: what the reader does meanwhile comes first. */
async function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

export async function makeNameSearch({ exchange, names }: NamesBody): Promise<NameSearch> {
  const searched = await searchedNames(names, pause);
  return {
    exchange,
    names: searched,
    find: (typed, limit) =>
      findNames(searched, typed, limit).map((listed) => ({
        ...listed,
        ...latinName(listed.name, listed.name_en),
      })),
  };
}
