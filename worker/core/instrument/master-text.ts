/** IG8d: a text of a master as it is stored and shown, whichever source wrote it: nothing in it turns, hides or moves what stands around it. */

/** Characters; a longer text is none, and a row of the store could not hold it. */
export const LONGEST_MASTER_TEXT = 200;

/** Ends of lines, tabulators and the rest of the control characters part two words. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** Overrides of direction, joiners, fillers, marks of byte order, halves of characters, and places of no character. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]+/gu;
/** No script of a name puts more marks on a letter. */
const HEAPED_MARKS = /(\p{M}{2})\p{M}+/gu;

/** The text without what cannot be seen and with single spaces; empty where nothing is left. Of a clean text it is that text. */
export function cleanMasterText(text: string): string {
  return text
    .replaceAll(BREAKS, " ")
    .replaceAll(UNSEEN, "")
    .replaceAll(HEAPED_MARKS, "$1")
    .replaceAll(/ +/g, " ")
    .trim();
}
