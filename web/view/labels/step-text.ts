/**
 * How a step of the day ended, in the reader's language. The server's text is for its log and its runs; a form of it that this page
 * does not know is shown as it is.
 */
import { STEP_KINDS, STEP_STATUSES } from "../../../worker/core/session/day-step.ts";
import { readStepNote, type ReadStepNote, type StepForm } from "../../../worker/core/session/step-note.ts";
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

interface Stated extends StepWords {
  readonly values: ReadStepNote["values"];
  /** A value that is a number, as the language writes it. */
  readonly count: (name: string) => string;
}

/** A form more does not compile until it has its text here. */
const TEXTS: { readonly [F in StepForm]: (stated: Stated) => string } = {
  not_published: ({ copy, values }) => copy.notPublished(sourceName(values["source"], copy)),
  in_part: ({ copy, count }) => copy.partial(count("rows"), count("before")),
  covered: ({ copy, count }) => copy.covered(count("have"), count("all")),
  stored_of: ({ copy, count }) => copy.storedOf(count("rows"), count("have"), count("all")),
  stored: ({ copy, count }) => copy.stored(count("rows")),
  stored_before: ({ copy }) => copy.storedAlready,
  too_late: ({ copy }) => copy.tooLate,
  no_master: ({ copy }) => copy.noMaster,
  no_board: ({ copy, values }) => copy.noBoard(values["index"] ?? ""),
  no_index: ({ copy, values }) => copy.noIndex(values["index"] ?? ""),
  no_session: ({ copy }) => copy.noSession,
  nothing_between: ({ copy }) => copy.noSession,
  instruments: ({ copy, count }) => copy.master(count("all"), count("added"), count("changed")),
  past: ({ copy, count }) => copy.past(count("sessions"), count("fetched")),
  past_of_shares: ({ copy, count }) => copy.pastOfShares(count("have"), count("all")),
  activated: ({ copy, values }) => copy.nowActive(values["exchange"] ?? ""),
  chosen_before: ({ copy }) => copy.chosenBefore,
  no_answer: ({ copy, values }) => copy.noAnswer(sourceName(values["source"], copy)),
  denied: ({ copy, values }) => denied(values, copy),
};

function sourceName(id: string | undefined, copy: StatusCopy): string {
  const lower = id?.toLowerCase();
  return lower === "krx" || lower === "kis" || lower === "kiwoom" ? copy.source[lower] : (id ?? "");
}

/** A denial of a kind that this page does not know keeps the vendor's own text. */
function denied({ source, why, subject }: ReadStepNote["values"], copy: StatusCopy): string {
  const text = Object.entries(copy.why).find(([key]) => key === why)?.[1] ?? `${why}, ${subject}`;
  return `${sourceName(source, copy)}: ${text}`;
}

/** What the step brought, or why it brought nothing: `2,700 stocks`, `KRX Open API has not published them yet`. */
export function stepDetail(text: string, words: StepWords): string {
  const note = readStepNote(text);
  return note === null
    ? text
    : TEXTS[note.form]({
        ...words,
        values: note.values,
        count: (name) => words.format.integer(Number(note.values[name])),
      });
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
