import { describe, it } from "vitest";
import { readStepNote, STEP_FORMS, type StepForm, type StepValues, writeStepNote } from "./step-note.ts";

function noted<F extends StepForm>(form: F, values: StepValues<F>) {
  const texts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  return { form, values: texts, sentence: writeStepNote(form, values) };
}

const NOTED = [
  noted("not_published", { source: "krx" }),
  noted("in_part", { source: "krx", rows: 1_300, before: 2_700 }),
  noted("covered", { source: "kis", have: 2_100, all: 2_700 }),
  noted("too_late", { source: "kis" }),
  noted("no_master", {}),
  noted("no_index", { source: "kis", index: "KOSDAQ" }),
  noted("no_board", { index: "KOSPI" }),
  noted("no_session", { source: "krx" }),
  noted("nothing_between", { source: "krx" }),
  noted("stored", { rows: 2_700, more: "nothing moved" }),
  noted("stored_of", { rows: 2_650, have: 2_640, all: 2_700 }),
  noted("stored_before", {}),
  noted("instruments", { all: 2_761, added: 2, changed: 14, more: ", kis has not published it yet" }),
  noted("past", { sessions: 400, fetched: 398, more: ", 2 days off that the calendar did not know" }),
  noted("past_of_shares", {
    have: 2_690,
    all: 2_700,
    from: "2025-02-20",
    to: "2026-10-13",
    more: "; without rows and left out: 0001A0",
  }),
  noted("activated", { exchange: "KRX" }),
  noted("chosen_before", {}),
  noted("denied", { source: "krx", why: "bad_key", subject: "KRX_AUTH_KEY; a key is good for a year" }),
  noted("no_answer", { source: "KIS", doing: "give quotes", more: ". The vendor is down" }),
];

describe("what a step states", () => {
  it("[DK16] has a list of every form", ({ expect }) => {
    expect(NOTED.map(({ form }) => form)).toEqual(STEP_FORMS);
  });

  it.for(NOTED)(
    "[DK16] $form is read back from its sentence, with its values, and as nothing else",
    (one, { expect }) => {
      expect(one.sentence).not.toMatch(/[{}]/u);
      expect(readStepNote(one.sentence)).toEqual({ form: one.form, values: one.values });
    },
  );

  it("[DK16] a sentence of no form is none", ({ expect }) => {
    const others = ["KIS failed to give quotes: status 500", "", "session 3 of 400", "krx gave no master"];
    expect(others.map(readStepNote)).toEqual([null, null, null, null]);
  });
});
