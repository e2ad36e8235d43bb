/**
 * What a step states beside its status: a form and its values, written as the English sentence in which it is logged, stored and sent.
 * One table writes and reads, so that a page in another language has a form and numbers where the log has a sentence, and rows that
 * were stored before are read as well.
 */

/** Placeholders stand in braces; `{more}` is what only the sentence has. */
const SENTENCES = {
  not_published: "{source} has not published it yet",
  in_part: "{source} has {rows} rows of it, and had {before} of the session before",
  covered: "{source} has prices of {have} of {all} shares",
  too_late: "the prices of {source} came when they were no close any more",
  no_master: "no master and no session before it",
  no_index: "{source} has no close of {index} yet",
  no_board: "no master names the shares of {index}, whose volume is theirs",
  no_session: "{source} and the calendar know of no session",
  nothing_between: "{source} has nothing, and sessions before and after it",
  stored: "{rows} rows: {more}",
  stored_of: "{rows} rows, {have} of {all} shares",
  stored_before: "its rows are there already",
  instruments: "{all} instruments: {added} new, {changed} changed{more}",
  past: "{sessions} sessions, {fetched} of them fetched{more}",
  past_of_shares: "{have} of {all} shares, {from} to {to}{more}",
  activated: "{exchange} is active by itself",
  chosen_before: "an exchange was chosen before",
  denied: "{source}: {why}, {subject}",
  no_answer: "{source} failed to {doing}: no answer{more}",
} as const;

export type StepForm = keyof typeof SENTENCES;

export const STEP_FORMS: readonly StepForm[] = [
  "not_published",
  "in_part",
  "covered",
  "too_late",
  "no_master",
  "no_index",
  "no_board",
  "no_session",
  "nothing_between",
  "stored",
  "stored_of",
  "stored_before",
  "instruments",
  "past",
  "past_of_shares",
  "activated",
  "chosen_before",
  "denied",
  "no_answer",
];

type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** A value for each placeholder of the form. */
export type StepValues<F extends StepForm> = Readonly<
  Record<NamesIn<(typeof SENTENCES)[F]>, string | number>
>;

/** What a value looks like; every other is a whole number. */
const SHAPES: Readonly<Record<string, string>> = {
  source: String.raw`\w+`,
  index: String.raw`\w+`,
  exchange: String.raw`\w+`,
  why: String.raw`\w+`,
  subject: ".+",
  doing: ".+?",
  from: String.raw`\d{4}-\d\d-\d\d`,
  to: String.raw`\d{4}-\d\d-\d\d`,
  more: ".*",
};

const HOLE = /\{(\w+)\}/gu;

/** The sentence of a form. */
export function writeStepNote<F extends StepForm>(form: F, values: StepValues<F>): string {
  const known = new Map<string, string | number>(Object.entries(values));
  return SENTENCES[form].replaceAll(HOLE, (_, name: string) => String(known.get(name) ?? ""));
}

function patternOf(form: StepForm): RegExp {
  const text = SENTENCES[form].replaceAll(
    HOLE,
    (_, name: string) => `(?<${name}>${SHAPES[name] ?? String.raw`\d+`})`,
  );
  return new RegExp(`^${text}$`, "su");
}

const PATTERNS = STEP_FORMS.map((form) => [form, patternOf(form)] as const);

export interface ReadStepNote {
  readonly form: StepForm;
  /** As the sentence has them. */
  readonly values: Readonly<Partial<Record<string, string>>>;
}

/** `null` for a sentence of no form: a failure's own text, or one of another version. */
export function readStepNote(sentence: string): ReadStepNote | null {
  for (const [form, pattern] of PATTERNS) {
    const found = pattern.exec(sentence);
    if (found !== null) {
      return { form, values: { ...found.groups } };
    }
  }
  return null;
}
