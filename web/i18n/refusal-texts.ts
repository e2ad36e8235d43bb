/** Refusals of the server as texts of a language: one that this page does not know reads as the server wrote it. */
import type { Problem, ProblemName } from "../../worker/protocol/rest/problem.ts";

/** What a reading page may be refused with (RT2). */
export type ProblemTexts = Readonly<
  Record<Extract<ProblemName, "bad-query" | "not-found" | "internal" | "unavailable">, string>
>;

/** Why the server wants no connection, by the code that it closed with. */
export type CloseTexts = Readonly<Record<4000 | 4001 | 4003 | 4005, string>>;

const PROBLEM = "/problems/";

export interface RefusalTexts {
  /** In the reader's language where the problem is known, else the server's own text. */
  problemText(problem: Problem): string;
  closeText(code: number, reason: string): string;
}

export function refusalTextsOf(problems: ProblemTexts, closes: CloseTexts): RefusalTexts {
  const byProblem: Readonly<Record<string, string>> = problems;
  const byClose: Readonly<Record<string, string>> = closes;
  return {
    problemText: ({ type, detail, neighbour }) => {
      const text = byProblem[type.slice(PROBLEM.length)];
      return text === undefined ? detail : neighbour === undefined ? text : `${text} (${neighbour})`;
    },
    closeText: (code, reason) => byClose[code] ?? reason,
  };
}
