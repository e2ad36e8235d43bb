/** Texts that are 40 % longer and marked, in a build of the gallery opened with `?texts=long`: a language whose words need more room. */

const MARK = "«";
const SHARE = 0.4;
/** Of the address that was opened: a later one has lost it. */
const isAsked = new URLSearchParams(location.search).get("texts") === "long";

/** Signs of the trade that no language translates: KST, RS, 2R. */
const SIGN = /^[\dA-Z]{1,4}$/u;

/** A longer text repeats its own beginning, so that it breaks where texts of its language do. */
function longer(text: string): string {
  const more = Math.max(1, Math.ceil(SHARE * text.length) - 2);
  return text === "" || text.includes(MARK) || SIGN.test(text)
    ? text
    : `${MARK}${text} ${text.slice(0, more)}»`;
}

function lengthened(value: unknown): unknown {
  if (typeof value === "string") {
    return longer(value);
  }
  if (typeof value === "function") {
    return (...given: readonly unknown[]): unknown => lengthened(Reflect.apply(value, undefined, given));
  }
  if (typeof value === "object" && value !== null) {
    lengthen(value);
  }
  return value;
}

/** All texts of an object in its place, also in the objects and lists within it, and what its functions return. */
export function lengthen(texts: object): void {
  if (isAsked) {
    for (const [key, value] of Object.entries(texts)) {
      Reflect.set(texts, key, lengthened(value));
    }
  }
}
