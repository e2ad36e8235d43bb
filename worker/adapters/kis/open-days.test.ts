import { describe, it } from "vitest";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { dayOf, type KisStage, stageKis } from "../../testing/stage/kis-stage.ts";

const FROM = dayOf("2026-09-16");

async function withStage(play: (stage: KisStage) => Promise<void>): Promise<void> {
  const stage = await stageKis({ at: "2026-09-16T08:40:00" });
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

const calls = (stage: KisStage): number => stage.fake.calls.get("chk-holiday") ?? 0;

/** One part, as the vendor answers it. */
async function sessionsOf(output: unknown, more = false): Promise<unknown> {
  const stage = await stageKis({ at: "2026-09-16T08:40:00" });
  try {
    stage.tamper((request) =>
      request.url.includes("/oauth2/")
        ? null
        : Response.json({ rt_cd: "0", output }, { headers: { tr_cont: more ? "F" : "E" } }),
    );
    const answer = await stage.kis.oracle.sessions(FROM);
    return answer.status === "ok" ? [...answer.value.values()] : answer.status;
  } catch (error) {
    return String(error);
  } finally {
    await stage.end();
  }
}

const line = (date: string, open: string) => ({ bass_dt: date, bzdy_yn: "Y", tr_day_yn: "Y", opnd_yn: open });

describe("the vendor's calendar", () => {
  it("[KI8] is asked for once a day, in few parts, also after an eviction", async ({ expect }) => {
    await withStage(async (stage) => {
      const first = await stage.kis.oracle.sessions(FROM);
      expect(first.status === "ok" ? first.value.size : 0).toBeGreaterThanOrEqual(60);
      const asked = calls(stage);
      expect(asked).toBeLessThanOrEqual(6);
      const again = await stage.reborn().oracle.sessions(tradingDayOf(FROM + 5));
      expect(again.status === "ok" ? again.value.get(dayOf("2026-09-24")) : null).toBe(false);
      expect(again.status === "ok" ? [...again.value.keys()][0] : null).toBe(FROM + 5);
      expect(calls(stage)).toBe(asked);
      stage.moveTo("2026-09-17T08:40:00");
      await stage.reborn().oracle.sessions(FROM);
      expect(calls(stage)).toBe(2 * asked);
    });
  });

  it("[KI8] a part that follows is asked for by the keys of the one before, as they came", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const asked: unknown[] = [];
      stage.tamper((request) => {
        const query = new URL(request.url).searchParams;
        if (request.url.includes("chk-holiday")) {
          asked.push([request.headers.get("tr_cont"), query.get("BASS_DT"), query.get("CTX_AREA_NK")]);
        }
        return null;
      });
      await stage.kis.oracle.sessions(FROM);
      expect(asked.slice(0, 2)).toEqual([
        ["", "20260916", ""],
        ["N", "20260916", "20261010".padEnd(20, " ")],
      ]);
    });
  });

  it("[KI8] a failure is not remembered as a calendar", async ({ expect }) => {
    await withStage(async (stage) => {
      stage.tamper((request) => (request.url.includes("chk-holiday") ? "cut" : null));
      await expect(stage.kis.oracle.sessions(FROM)).rejects.toMatchObject({
        neighbour: "KIS",
        retryable: true,
      });
      stage.tamper(null);
      expect((await stage.kis.oracle.sessions(FROM)).status).toBe("ok");
    });
  });

  it("[KI8] what it opens counts, and not what banks do", async ({ expect }) => {
    expect(await sessionsOf([line("20260916", "Y"), line("20260917", "N")])).toEqual([true, false]);
    expect(await sessionsOf(line("20260916", "Y"))).toEqual([true]);
  });

  it.for([
    ["none", undefined],
    ["an empty list", []],
    ["a gap", [line("20260916", "Y"), line("20260918", "Y")]],
    ["a beginning after the first day", [line("20260917", "Y")]],
    ["a day before the first", [line("20260915", "Y")]],
    ["a day that is open and closed", [line("20260916", "Y"), line("20260916", "N")]],
    ["a flag that is none", [line("20260916", "")]],
    ["a day that is none", [line("20260931", "Y")]],
  ] as const)("[KI8] a list with %s is refused", async ([, output], { expect }) => {
    expect(await sessionsOf(output)).toContain("KIS failed to read the calendar");
  });

  it("[KI8] a vendor that repeats its first part is stopped", async ({ expect }) => {
    expect(await sessionsOf([line("20260916", "Y")], true)).toContain("without a new day");
  });
});
