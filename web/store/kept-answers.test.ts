import { describe, it } from "vitest";
import { type KeptAnswers, makeKeptAnswers } from "./kept-answers.ts";

interface Asked {
  readonly key: string;
  readonly abort: AbortSignal;
  readonly answer: (value: string) => void;
  readonly fail: () => void;
}

function stage(): {
  readonly asked: Asked[];
  readonly answers: KeptAnswers<string>;
  readonly pass: (ms: number) => void;
} {
  const asked: Asked[] = [];
  let time = 0;
  const answers = makeKeptAnswers<string>(
    async (key, abort) =>
      new Promise((resolve, reject) => {
        const fail = (): void => {
          reject(new Error("No answer"));
        };
        abort.addEventListener("abort", fail);
        asked.push({ key, abort, answer: resolve, fail });
      }),
    { most: 2, freshMs: 1_000, now: () => time },
  );
  answers.of("run-1");
  return {
    asked,
    answers,
    pass: (ms) => {
      time += ms;
    },
  };
}

/** Lets what was answered arrive. */
async function arrive(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

describe("answers that were asked for ahead", () => {
  it("[UI202] are there at once, until they are old", async ({ expect }) => {
    const { asked, answers, pass } = stage();
    answers.ahead("a");
    answers.ahead("a");
    expect(answers.get("a")).toBeNull();
    asked[0]?.answer("A");
    await arrive();
    answers.ahead("a");
    expect(answers.get("a")).toBe("A");
    expect(asked).toHaveLength(1);
    pass(1_001);
    expect(answers.get("a")).toBeNull();
  });

  it("[UI202] are few: the one unused for longest leaves", async ({ expect }) => {
    const { asked, answers } = stage();
    for (const key of ["a", "b"]) {
      answers.ahead(key);
    }
    asked.forEach(({ key, answer }) => {
      answer(key);
    });
    await arrive();
    expect(answers.get("a")).toBe("a");
    answers.ahead("c");
    asked[2]?.answer("c");
    await arrive();
    expect([answers.get("a"), answers.get("b"), answers.get("c")]).toEqual(["a", null, "c"]);
  });

  it("[UI202] are aborted once another neighbourhood is wanted, but for one that a page waits for", async ({
    expect,
  }) => {
    const { asked, answers } = stage();
    for (const key of ["a", "b"]) {
      answers.ahead(key);
    }
    const waited = answers.load("a", new AbortController().signal);
    answers.narrow(["z"]);
    expect(asked.map(({ abort }) => abort.aborted)).toEqual([false, true]);
    asked[0]?.answer("A");
    expect(await waited).toBe("A");
    expect(asked).toHaveLength(2);
  });

  it("[UI202] are joined by the page that needs them, and aborted with it", async ({ expect }) => {
    const { asked, answers } = stage();
    answers.ahead("a");
    const page = new AbortController();
    const waited = answers.load("a", page.signal);
    page.abort();
    await expect(waited).rejects.toThrow("No answer");
    expect(asked).toHaveLength(1);
    const again = answers.load("a", new AbortController().signal);
    expect(asked).toHaveLength(2);
    asked[1]?.answer("A");
    expect(await again).toBe("A");
    expect(answers.get("a")).toBe("A");
  });

  it("[UI202] that are given up are not joined again: a page that reloads, or comes at once after another, asks anew", async ({
    expect,
  }) => {
    const { asked, answers } = stage();
    answers.ahead("a");
    const page = new AbortController();
    const before = answers.load("a", page.signal);
    page.abort();
    const after = answers.load("a", new AbortController().signal);
    await expect(before).rejects.toThrow("No answer");
    expect(asked).toHaveLength(2);
    asked[1]?.answer("A");
    expect(await after).toBe("A");
  });

  it("[UI202] of two pages that wait for one the second gets it, also when the first has ended", async ({
    expect,
  }) => {
    const { asked, answers } = stage();
    answers.ahead("a");
    const page = new AbortController();
    void answers.load("a", page.signal);
    const other = answers.load("a", new AbortController().signal);
    page.abort();
    expect(asked[0]?.abort.aborted).toBe(false);
    asked[0]?.answer("A");
    expect(await other).toBe("A");
  });

  it("[UI202] are dropped by a scan or a switch, also when they come after it", async ({ expect }) => {
    const { asked, answers } = stage();
    answers.ahead("a");
    asked[0]?.answer("A");
    await arrive();
    answers.ahead("b");
    const waited = answers.load("c", new AbortController().signal);
    answers.of("run-2");
    expect(answers.get("a")).toBeNull();
    expect(asked[1]?.abort.aborted).toBe(true);
    asked[2]?.answer("C");
    expect(await waited).toBe("C");
    expect(answers.get("c")).toBeNull();
  });

  it("[UI202] that failed are asked for again", async ({ expect }) => {
    const { asked, answers } = stage();
    answers.ahead("a");
    asked[0]?.fail();
    await arrive();
    answers.ahead("a");
    expect(asked).toHaveLength(2);
  });
});
