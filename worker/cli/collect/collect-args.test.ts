import { describe, it } from "vitest";
import { CommandError } from "../terminal/command-error.ts";
import { COLLECT_USAGE, readCollectArgs } from "./collect-args.ts";
import { untilNextTurn } from "./next-turn.ts";

const NOW = Date.parse("2026-11-30T12:00:00+09:00");

function wrong(...args: readonly string[]): string {
  try {
    return JSON.stringify(readCollectArgs(args, NOW));
  } catch (error) {
    return error instanceof CommandError && error.exitCode === 2
      ? (error.message.split("\n")[0] ?? "")
      : String(error);
  }
}

describe("what is asked of npm run collect", () => {
  it("[CL86] the past is a number of sessions, or as many as the calendar has since a day", ({ expect }) => {
    expect(readCollectArgs([], NOW)).toMatchObject({ sessions: 400, watch: false, check: false });
    expect(readCollectArgs(["--days", "7"], NOW)?.sessions).toBe(7);
    // Monday at noon: the five days of last week.
    expect(readCollectArgs(["--from", "2026-11-23"], NOW)?.sessions).toBe(5);
    expect(readCollectArgs(["--to", "https://radar.example"], NOW)?.to.host).toBe("radar.example");
    expect(readCollectArgs(["--help"], NOW)).toBeNull();
  });

  it("[CL86] everything else is wrong usage, with the usage that has the exit codes", ({ expect }) => {
    expect(wrong("--days", "0")).toMatch(/^--days takes/);
    expect(wrong("--days", "2001")).toMatch(/^--days takes/);
    expect(wrong("--from", "2026-11-30")).toMatch(/^--from takes/);
    expect(wrong("--from", "1990-01-02")).toMatch(/^--from takes/);
    expect(wrong("--from", "monday")).toMatch(/^--from takes/);
    expect(wrong("--days", "3", "--from", "2026-11-23")).toMatch(/one of them/);
    expect(wrong("--check", "--watch")).toMatch(/one of them/);
    expect(wrong("--to", "radar.example")).toMatch(/^--to takes/);
    expect(wrong("krx")).toBe("Not understood: krx");
    expect(wrong("--dyas", "3")).toMatch(/dyas/);
    expect(COLLECT_USAGE).toMatch(/Exit codes\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 /);
  });

  it("[CL88] a turn comes at five minutes past and every ten, and not twice at one", ({ expect }) => {
    const at = (time: string): number => Date.parse(`2026-11-30T${time}+09:00`);
    for (const [now, next] of [
      ["15:34:59", "15:35:00"],
      ["15:35:00", "15:45:00"],
      ["15:36:10", "15:45:00"],
      ["15:59:00", "16:05:00"],
    ] as const) {
      expect([now, at(now) + untilNextTurn(at(now))]).toEqual([now, at(next)]);
    }
  });
});
