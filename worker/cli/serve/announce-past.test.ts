import { describe, it } from "vitest";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { announcePast } from "./announce-past.ts";

type Past = NonNullable<Parameters<typeof announcePast>[0]>;

const at = (sessions: number, status: Past["status"] = "running", reason: string | null = null): Past => ({
  status,
  sessions,
  wanted: 400,
  reason,
});

/** What is printed where the Worker answers so, one after the other; `null` is no answer. */
async function printed(
  pasts: readonly (Past | null)[],
  shown: readonly (Exchange | null)[],
  isPrivate = true,
) {
  const [lines, failures]: [string[], unknown[]] = [[], []];
  const [left, places] = [[...pasts], [...shown]];
  const next = <T>(of: (T | null)[]): Promise<T> => {
    const value = of.shift() ?? null;
    return value === null ? Promise.reject(new Error("away")) : Promise.resolve(value);
  };
  await announcePast(at(0), {
    ask: async () => next(left),
    shown: async () => next(places),
    isOver: () => left.length === 0 && places.length === 0,
    print: (line) => lines.push(line),
    failed: (error) => failures.push(error),
    url: "http://127.0.0.1:8787",
    isPrivate,
    stepMs: 0,
  });
  return { lines, failures: failures.length };
}

describe("the past in the terminal of npm start", () => {
  it("[CL89] each quarter once, then which exchange is shown and what its page asks for", async ({
    expect,
  }) => {
    const pasts = [at(40), at(120), at(130), null, at(399), at(399, "done")];
    expect(await printed(pasts, ["DEMO", "KRX"])).toEqual({
      lines: [
        "Past: 120 of 400 sessions.",
        "Past: 399 of 400 sessions.",
        "The past is there: 399 sessions. http://127.0.0.1:8787 shows KRX now; it asks for the owner's token: grep OWNER_TOKEN .dev.vars.",
      ],
      failures: 1,
    });
    const open = await printed([at(400, "done")], ["KRX"], false);
    expect(open.lines).toEqual(["The past is there: 400 sessions. http://127.0.0.1:8787 shows KRX now."]);
  });

  it("[CL89] a refusal once, and the command where the owner has chosen the demo", async ({ expect }) => {
    const refused = at(100, "waiting", "denied, krx: quota, the 10,000 calls of today");
    const { lines } = await printed(
      [refused, refused, at(150), at(400, "done")],
      Array.from({ length: 9 }, () => "DEMO"),
    );
    expect(lines).toEqual([
      "The past has stopped at 100 of 400 sessions: denied, krx: quota, the 10,000 calls of today",
      "The past is there: 400 sessions. `npm run use -- KRX` shows it.",
    ]);
  });

  it("[CL89] a past by share is counted in shares", async ({ expect }) => {
    const past = { ...at(1_400), counts: "shares", wanted: 2_700 } as const;
    const { lines } = await printed([past, { ...past, sessions: 2_690, status: "done" }], ["KRX"], false);
    expect(lines).toEqual([
      "Past: 1400 of 2700 shares.",
      "The past is there: 2690 shares. http://127.0.0.1:8787 shows KRX now.",
    ]);
  });

  it("[CL89] nothing once the end was asked for", async ({ expect }) => {
    expect((await printed([], [])).lines).toEqual([]);
  });
});
