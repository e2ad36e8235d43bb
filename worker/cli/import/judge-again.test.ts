import { describe, it } from "vitest";
import { encodeRun } from "../../protocol/rest/scan-run.ts";
import { dayOf, makeRun } from "../../testing/builders/signal-builder.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { judgeAgain } from "./judge-again.ts";
import { readCorrectArgs, readRemoveArgs } from "./remove-args.ts";

const DIFF = { born: ["a"], revised: [], moved: [], ended: ["b", "c"], corrected: ["d", "e", "f"] };
const [FRIDAY, MONDAY] = [dayOf("2025-06-13"), dayOf("2025-06-16")];

/** A Worker with this answer; `asked` are the requests. */
function worker(answer: unknown) {
  const asked: string[] = [];
  const client: OwnerClient = {
    send: (method, path, body) => {
      asked.push(`${method} ${path} ${new TextDecoder().decode(body?.bytes)}`);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    read: () => Promise.reject(new Error("Nobody reads")),
  };
  return { client, asked };
}

function runOf(asOf: typeof FRIDAY, judgedFrom: typeof FRIDAY): unknown {
  const run = encodeRun(makeRun({ exchange: "KRX", kind: "correction", asOf, judgedFrom, diff: DIFF }));
  return { exchange: "KRX", run, left: null };
}

describe("the lines about sessions that were judged again", () => {
  it.for([
    [MONDAY, MONDAY, "Judged again, 2025-06-16: 3 signals corrected, 1 new, 2 ended."],
    [MONDAY, FRIDAY, "Judged again, 2025-06-13 to 2025-06-16: 3 signals corrected, 1 new, 2 ended."],
    [FRIDAY, MONDAY, "Taken back from 2025-06-16 on, the signals stand as of 2025-06-13: 3 signals"],
  ] as const)("[CL60] name the sessions and count the signals", async ([asOf, from, text], { expect }) => {
    const { client, asked } = worker(runOf(asOf, from));
    const lines = await judgeAgain(client, "KRX", { from: "2025-06-13", accept: ["jump"] });
    expect(lines.join()).toContain(text);
    expect(asked).toEqual([
      'POST /api/admin/corrections?exchange=KRX {"from":"2025-06-13","accept":["jump"]}',
    ]);
  });

  it("[CL60] are none when nothing was due, and state what is left and why it was not", async ({
    expect,
  }) => {
    const due = { from: null, accept: [] };
    expect(await judgeAgain(worker({ exchange: "KRX", run: null, left: null }).client, "KRX", due)).toEqual(
      [],
    );
    const left = { first_day: "2024-01-02", days: 3, possible_from: "2025-04-01" };
    expect(await judgeAgain(worker({ exchange: "KRX", run: null, left }).client, "KRX", due)).toEqual([
      "Rows of 3 older days changed (the first: 2024-01-02): they are stored, and no session was judged again for them. What is possible: npm run correct -- --from 2025-04-01.",
    ]);
    const refused = worker(new CommandError("409: a jump")).client;
    expect(await judgeAgain(refused, "KRX", due)).toEqual(["Not judged again: 409: a jump"]);
  });
});

describe("the command lines", () => {
  it("[CL61] of a removal have a day, and change nothing without --yes", ({ expect }) => {
    expect(readRemoveArgs(["--day", "20250616", "--ticker", "kospi"])).toMatchObject({
      day: "2025-06-16",
      ticker: "KOSPI",
      exchange: "KRX",
      yes: false,
    });
    expect(readRemoveArgs(["--day", "2025-06-16", "--yes"])).toMatchObject({ ticker: null, yes: true });
    expect(readRemoveArgs(["--all"])).toMatchObject({ day: null, yes: false });
    expect(readCorrectArgs(["--from", "2025-06-16"])).toMatchObject({ from: "2025-06-16", accept: [] });
    expect(readCorrectArgs([])).toMatchObject({ from: null });
  });

  it.for([
    [],
    ["--all", "--day", "2025-06-16"],
    ["--all", "--ticker", "005930"],
    ["--all", "--exchange", "DEMO"],
    ["--day", "2025-02-30"],
    ["--day", "2025-06-16", "--accept", "anything"],
    ["2025-06-16"],
  ])("[CL61] are wrong usage: remove %j", (args, { expect }) => {
    expect(() => readRemoveArgs(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
