/** CL46: which close files hold from 2026-09-14 on: stated, or asked on a terminal that can answer. */
import { createInterface } from "node:readline/promises";
import type { CloseKind } from "../../core/bars/origin.ts";
import { CommandError } from "../terminal/command-error.ts";

/** `ask` is called when a close is needed and none was stated; `what` names the files. */
export interface CloseChoice {
  readonly stated: CloseKind | null;
  readonly ask: (what: string) => Promise<CloseKind>;
}

const HINT = `since 2026-09-14 a day has two closes, and nothing states which one is in it:
  regular  the auction of 15:30: KRX Open API
  last     the last trade of the after-market: KRX portal, pykrx, FinanceDataReader, Naver
`;

/** For a terminal that cannot answer. */
export const STATED_NOWHERE: CloseChoice = {
  stated: null,
  ask: (what) =>
    Promise.reject(new CommandError(`${what}: ${HINT}State it: --close regular or --close last.`)),
};

async function askTerminal(what: string): Promise<CloseKind> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = (await lines.question(`${what}: ${HINT}regular or last: `)).trim();
    if (answer === "regular" || answer === "last") {
      return answer;
    }
    throw new CommandError(`"${answer}" is neither regular nor last: nothing was sent.`);
  } finally {
    lines.close();
  }
}

export function closeChoice(stated: CloseKind | null): CloseChoice {
  const canAnswer = process.stdin.isTTY && process.stderr.isTTY;
  return { stated, ask: canAnswer ? askTerminal : STATED_NOWHERE.ask };
}
