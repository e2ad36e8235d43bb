/** UI71: which name of a company is shown in which language, and what stands in its title. */
import type { LatinName } from "../../../worker/protocol/latin-name.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { Locale } from "../../i18n/locale.ts";

/** A company as the server names it; a name that is not known, and its code in its place. */
export interface CompanyName extends Partial<LatinName> {
  readonly name: string;
}

/** In English the English name, or else the romanised one; `title` has both, because a narrow place cuts the name. */
export function shownName(
  { name, name_en, romanised }: CompanyName,
  locale: Locale,
  text: Pick<Dictionary, "nameRomanised">,
): { readonly name: string; readonly title: string } {
  const english = name_en ?? null;
  if (locale === "ko") {
    return { name, title: english === null ? name : `${name} (${english})` };
  }
  if (english !== null) {
    return { name: english, title: `${english} (${name})` };
  }
  return romanised ? { name: romanised, title: text.nameRomanised(romanised, name) } : { name, title: name };
}
