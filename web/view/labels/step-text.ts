/**
 * How a step of the day ended, in the reader's language. The server's text is for its log and its runs; a form of it that this page
 * does not know is shown as it is.
 */
import { STEP_KINDS, STEP_STATUSES } from "../../../worker/core/session/day-step.ts";
import type { StepReport } from "../../../worker/protocol/rest/day-step.ts";
import type { Format } from "../../i18n/format.ts";
import type { StatusCopy } from "../../i18n/ko-status.ts";
import type { StepKind, StepStatus } from "../../i18n/status-words.ts";

/** What a text is made of. */
export interface StepFacts extends Pick<StepReport, "kind" | "status" | "text"> {
  /** `2025-06-17`. */
  readonly session: string;
}

export interface StepWords {
  readonly copy: StatusCopy;
  readonly format: Format;
}

const ROW = /^(?<kind>\w+) (?<session>\d{4}-\d\d-\d\d): (?<status>\w+), (?<text>.*)$/su;

/** The reason of a run that is the row of a step; `null` for every other run. */
export function stepOfReason(reason: string): StepFacts | null {
  const { kind, session, status, text } = ROW.exec(reason)?.groups ?? {};
  const known: StepKind | undefined = STEP_KINDS.find((one) => one === kind);
  const ended: StepStatus | undefined = STEP_STATUSES.find((one) => one === status);
  return known === undefined || ended === undefined || session === undefined || text === undefined
    ? null
    : { kind: known, session, status: ended, text };
}

type Found = readonly string[];

const FORMS: readonly (readonly [
  RegExp,
  (found: Found, words: StepWords & { readonly count: (text: string | undefined) => string }) => string,
])[] = [
  [/^(\w+) has not published it yet$/u, ([, id], { copy }) => copy.notPublished(sourceName(id, copy))],
  [
    /^\w+ has (\d+) rows of it, and had (\d+) /u,
    ([, rows, all], { copy, count }) => copy.partial(count(rows), count(all)),
  ],
  [
    /^\w+ has prices of (\d+) of (\d+) shares$/u,
    ([, have, all], { copy, count }) => copy.covered(count(have), count(all)),
  ],
  [
    /^(\d+) rows, (\d+) of (\d+) shares$/u,
    ([, rows, have, all], { copy, count }) => copy.storedOf(count(rows), count(have), count(all)),
  ],
  [/^(\d+) rows: /u, ([, rows], { copy, count }) => copy.stored(count(rows))],
  [/^its rows are there already$/u, (_, { copy }) => copy.storedAlready],
  [/when they were no close any more$/u, (_, { copy }) => copy.tooLate],
  [/^no master and no session before it$/u, (_, { copy }) => copy.noMaster],
  [/^\w+ has no close of (\w+) yet$/u, ([, index = ""], { copy }) => copy.noIndex(index)],
  [/know of no session$|and sessions before and after it$/u, (_, { copy }) => copy.noSession],
  [
    /^(\d+) instruments: (\d+) new, (\d+) changed/u,
    ([, all, added, changed], { copy, count }) => copy.master(count(all), count(added), count(changed)),
  ],
  [
    /^(\d+) sessions, (\d+) of them fetched/u,
    ([, all, fetched], { copy, count }) => copy.past(count(all), count(fetched)),
  ],
  [
    /^(\d+) of (\d+) shares, \d/u,
    ([, have, all], { copy, count }) => copy.pastOfShares(count(have), count(all)),
  ],
  [/^(\w+) is active by itself$/u, ([, exchange = ""], { copy }) => copy.nowActive(exchange)],
  [/^an exchange was chosen before$/u, (_, { copy }) => copy.chosenBefore],
  [/^(KRX|KIS) failed to .*: no answer\b/u, ([, id], { copy }) => copy.noAnswer(sourceName(id, copy))],
  [
    /^(\w+): (bad_key|service_not_approved|address_not_allowed|key_in_use|quota|blocked), /u,
    ([, id, why], { copy }) => denied(id, why, copy),
  ],
];

function sourceName(id: string | undefined, copy: StatusCopy): string {
  const lower = id?.toLowerCase();
  return lower === "krx" || lower === "kis" ? copy.source[lower] : (id ?? "");
}

function denied(id: string | undefined, why: string | undefined, copy: StatusCopy): string {
  const text = Object.entries(copy.why).find(([key]) => key === why)?.[1] ?? "";
  return `${sourceName(id, copy)}: ${text}`;
}

/** What the step brought, or why it brought nothing: `2,700 stocks`, `KRX Open API has not published them yet`. */
export function stepDetail(text: string, words: StepWords): string {
  const count = (digits: string | undefined): string => words.format.integer(Number(digits));
  for (const [form, say] of FORMS) {
    const found = form.exec(text);
    if (found !== null) {
      return say(found, { ...words, count });
    }
  }
  return text;
}

/** The past and the first exchange are of no session: their date is that of the day on which they were begun. */
export function stepTitle(
  { kind, session }: Pick<StepFacts, "kind" | "session">,
  { copy, format }: StepWords,
): string {
  return kind === "backfill" || kind === "activation"
    ? copy.step[kind]
    : copy.stepOf(copy.step[kind], format.day(session));
}

/** `Prices at the close of 18 Nov: Failed, KIS did not answer`. */
export function stepLine({ kind, session, status, text }: StepFacts, words: StepWords): string {
  const { copy } = words;
  return `${stepTitle({ kind, session }, words)}: ${copy.stepStatus[status]}, ${stepDetail(text, words)}`;
}

/** The same beside a status that is shown already. */
export function stepNote({ kind, session, text }: StepFacts, words: StepWords): string {
  return `${stepTitle({ kind, session }, words)}: ${stepDetail(text, words)}`;
}

/** Why a backfill waits: its reason begins with the status. */
export function waitReason(reason: string, words: StepWords): string {
  const [, status, text = reason] = /^(denied|failed), (.*)$/su.exec(reason) ?? [];
  return status === undefined ? reason : stepDetail(text, words);
}
