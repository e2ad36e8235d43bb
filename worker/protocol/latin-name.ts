/** NA: what a reader without Hangul is shown of a company. The names are made in `romanise.ts`, whose library no page loads at once. */
import * as v from "valibot";

/** Beside a `name`; both `null` where it has no Hangul and the master no English name. */
export const LatinName = {
  /** As the master has it. */
  name_en: v.optional(v.nullable(v.string()), null),
  /** The Korean name in Revised Romanization, where the master has no English one. */
  romanised: v.optional(v.nullable(v.string()), null),
};
export interface LatinName {
  readonly name_en: string | null;
  readonly romanised: string | null;
}

/** Of a name that is not known. */
export const NO_LATIN_NAME: LatinName = { name_en: null, romanised: null };
