/** The filters of the archive as text of an address: the same text asks the server. */
import { GRADES } from "../../../worker/core/scan/grade.ts";

export const ARCHIVE_ENDINGS = ["stopped", "broken", "over", "left"] as const;
export const ARCHIVE_MARKETS = ["KOSPI", "KOSDAQ", "KONEX"] as const;
export { GRADES as ARCHIVE_GRADES } from "../../../worker/core/scan/grade.ts";

const DAY = /^\d{4}-\d\d-\d\d$/u;
const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text));
const isOneOf =
  (names: readonly string[]) =>
  (text: string): boolean =>
    names.includes(text);

const KNOWN = {
  q: (text: string): boolean => text.trim() !== "" && text.length <= 50,
  ending: isOneOf(ARCHIVE_ENDINGS),
  entry_grade: isOneOf(GRADES),
  market: isOneOf(ARCHIVE_MARKETS),
  from: isDay,
  to: isDay,
} as const;

export type ArchiveFilter = keyof typeof KNOWN;
export type ArchiveQuery = Readonly<Partial<Record<ArchiveFilter, string>>>;

const NAMES: readonly ArchiveFilter[] = ["q", "ending", "entry_grade", "market", "from", "to"];

/** What is unknown in an address is passed over. */
export function readArchiveQuery(search: string): ArchiveQuery {
  const asked = new URLSearchParams(search);
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = asked.get(name) ?? "";
      return KNOWN[name](value) ? [[name, value]] : [];
    }),
  );
}

/** Without its question mark; the same choice is always the same text. */
export function encodeArchiveQuery(query: ArchiveQuery): string {
  const entries = NAMES.flatMap((name) => {
    const value = query[name] ?? "";
    return KNOWN[name](value) ? [[name, value]] : [];
  });
  return new URLSearchParams(entries).toString();
}
