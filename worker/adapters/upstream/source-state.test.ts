import { describe, it } from "vitest";
import { VirtualClock } from "../../testing/fakes/virtual-clock.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { MemoryUpstreamStore } from "../../testing/memory/memory-upstream-store.ts";
import { Denials } from "./denials.ts";
import { sourceState } from "./source-state.ts";

const NOON = Date.parse("2026-09-14T12:00:00+09:00");
const HOUR = 3_600_000;

function stage() {
  const clock = new VirtualClock(NOON);
  const [store, log] = [new MemoryUpstreamStore(), new MemoryLog()];
  const denials = new Denials("kis", "a-keya-secret", { store, clock, log });
  const stateOf = (key: string | undefined, secret: string | undefined) =>
    sourceState(
      {
        id: "kis",
        isNamed: false,
        secrets: [
          ["KIS_APP_KEY", key],
          ["KIS_APP_SECRET", secret],
        ],
        services: ["quotes", "calendar"],
      },
      null,
      { store, clock, log },
    );
  return { clock, store, log, denials, stateOf };
}

describe("how a vendor stands", () => {
  it("[UP5] secrets that are not set are named, an empty one among them", async ({ expect }) => {
    const { stateOf } = stage();
    expect((await stateOf(undefined, "")).missing).toEqual(["KIS_APP_KEY", "KIS_APP_SECRET"]);
    expect((await stateOf("a-key", "")).missing).toEqual(["KIS_APP_SECRET"]);
  });

  it("[UP5] what was refused and what was served is of this key alone, and a refusal leaves when it is over", async ({
    expect,
  }) => {
    const { clock, denials, stateOf } = stage();
    await denials.served();
    await denials.note("quotes", "service_not_approved", "the right");
    clock.advance(HOUR);
    await denials.note(null, "quota", "the calls of today");
    expect(await stateOf("a-key", "a-secret")).toMatchObject({
      isNamed: false,
      servedAt: NOON,
      denials: [
        { why: "quota", service: null, at: NOON + HOUR, until: NOON + 12 * HOUR },
        { why: "service_not_approved", service: "quotes", at: NOON, until: NOON + 24 * HOUR },
      ],
    });
    expect(await stateOf("a-key", "another")).toMatchObject({ servedAt: null, denials: [] });
    clock.moveTo(NOON + 12 * HOUR);
    expect((await stateOf("a-key", "a-secret")).denials.map(({ why }) => why)).toEqual([
      "service_not_approved",
    ]);
  });

  it("[UP5] being served is noted once an hour at most, also after an eviction", async ({ expect }) => {
    const { clock, store, denials, stateOf, log } = stage();
    await denials.served();
    clock.advance(HOUR - 1);
    await denials.served();
    await new Denials("kis", "a-keya-secret", { store, clock, log }).served();
    expect((await stateOf("a-key", "a-secret")).servedAt).toBe(NOON);
    clock.advance(1);
    await denials.served();
    expect((await stateOf("a-key", "a-secret")).servedAt).toBe(NOON + HOUR);
  });

  it("[UP5] a refusal that an older version noted has no time of its own", async ({ expect }) => {
    const { store, denials, stateOf } = stage();
    await denials.note(null, "bad_key", "the key");
    const noted = store.values.get("kis:denied") ?? "";
    await store.put("kis:denied", noted.replace(`"at":${NOON},`, ""));
    expect(noted).toContain(`"at":${NOON},`);
    expect((await stateOf("a-key", "a-secret")).denials).toMatchObject([{ why: "bad_key", at: null }]);
  });
});
