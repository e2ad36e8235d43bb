import * as v from "valibot";
import { describe, it } from "vitest";
import { BackfillBody } from "../../protocol/rest/owner.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { makeMemoryPorts, NOW, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

describe("how far the past has been fetched", () => {
  it("[RT24] has the sessions, the time left and why it waits, for the owner alone", async ({ expect }) => {
    const ports = makeMemoryPorts();
    const get = async (): Promise<BackfillBody> => {
      const path = "/api/admin/backfill?exchange=KRX";
      return v.parse(BackfillBody, (await ask(makeApp(ports), path, asOwner(OWNER_TOKEN, "GET"))).json);
    };
    expect(await get()).toMatchObject({ exchange: "KRX", status: "none", sessions: 0, next_day: null });
    const past = {
      status: "running",
      counts: "sessions",
      sessions: 120,
      wanted: 400,
      fetched: 100,
      next: dayOf("2025-11-20"),
      holidays: [dayOf("2026-06-12")],
      inPart: [],
      startedAt: NOW,
      leftMs: 280_001,
      reason: null,
    } as const;
    ports.books.KRX.past = past;
    expect(await get()).toEqual({
      exchange: "KRX",
      status: "running",
      sessions: 120,
      wanted: 400,
      fetched: 100,
      next_day: "2025-11-20",
      holidays: ["2026-06-12"],
      started_at: "2025-05-19T10:00:00.000+09:00",
      seconds_left: 281,
      reason: null,
    });
    ports.books.KRX.past = { ...past, status: "waiting", leftMs: null, reason: "denied, krx: blocked" };
    expect(await get()).toMatchObject({
      status: "waiting",
      seconds_left: null,
      reason: "denied, krx: blocked",
    });
    ports.books.KRX.past = { ...past, status: "done", leftMs: null };
    expect(await get()).toMatchObject({ status: "done", next_day: null });
    const path = "/api/admin/backfill?exchange=KRX";
    expect((await ask(makeApp(ports), path, asOwner("wrong", "GET"))).status).toBe(401);
  });
});
