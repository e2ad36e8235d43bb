/** What each refusal of the server means, in English. The type makes a known one without a text a compile error. */
import { type CloseTexts, type ProblemTexts, refusalTextsOf } from "./refusal-texts.ts";

const PROBLEMS: ProblemTexts = {
  "bad-query": "The server did not understand the request.",
  "not-found": "The server has no such item.",
  internal: "Something went wrong on the server.",
  unavailable: "The server could not read its data. Try again in a moment.",
};

const CLOSES: CloseTexts = {
  4000: "the server runs another version; reload the page",
  4001: "nothing subscribed within 30 s",
  4003: "not allowed from this address",
  4005: "log in to read",
};

export const enRefusals = refusalTextsOf(PROBLEMS, CLOSES);
