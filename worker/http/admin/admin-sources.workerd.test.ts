import * as v from "valibot";
import { describe, it } from "vitest";
import type { SourceCheck } from "../../app/ports/source-check.ts";
import { BackfillBody } from "../../protocol/rest/owner.ts";
import { ForgottenBody, SourceCheckBody } from "../../protocol/rest/source-check.ts";
import { makeMemoryPorts, NOW, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { ask, asOwner } from "../../testing/stage/ask.ts";
import { makeApp } from "../app.ts";

const CHECK: SourceCheck = {
  status: "checked",
  at: NOW,
  findings: [
    { mark: "fault", source: "krx", about: "key", what: "bad_key: the key.", remedy: "Set the key again." },
  ],
  sources: [
    {
      id: "krx",
      isNamed: true,
      missing: [],
      denials: [],
      servedAt: null,
      callsToday: 1,
      callsPerDay: 10_000,
      token: null,
    },
  ],
};

describe("the sources, for the owner", () => {
  const path = "/api/admin/sources/check?exchange=KRX";

  it("[RT37] a check has its findings, and how the sources are set up beside who may read", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    ports.books.KRX.checked = CHECK;
    const { json } = await ask(makeApp(ports), path, asOwner(OWNER_TOKEN, "POST"));
    const body = v.parse(SourceCheckBody, json);
    expect(body).toMatchObject({ exchange: "KRX", checked_at: "2025-05-19T10:00:00.000+09:00" });
    expect(body.findings.map(({ mark, about }) => `${mark} ${about}`)).toEqual([
      "fault key",
      "ok calls",
      "warning readers",
    ]);
    expect(body.findings[0]).toEqual(CHECK.findings[0]);
    expect(ports.ownerLog.entries.map(({ path: own, status }) => [own, status])).toEqual([[path, 200]]);
  });

  it("[RT37] a check too soon after another one is 429 with the seconds to wait", async ({ expect }) => {
    const ports = makeMemoryPorts();
    ports.books.KRX.checked = { status: "too_soon", retryAt: NOW + 12_300 };
    const answer = await ask(makeApp(ports), path, asOwner(OWNER_TOKEN, "POST"));
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([429, "13"]);
    expect(answer.json).toMatchObject({ detail: expect.stringContaining("in 13 seconds") });
  });

  it("[RT37] names the vendors whose refusals are forgotten, and begins to fetch the past", async ({
    expect,
  }) => {
    const ports = makeMemoryPorts();
    ports.books.KRX.checked = CHECK;
    const app = makeApp(ports);
    const post = async (own: string): Promise<unknown> =>
      (await ask(app, `/api/admin/${own}?exchange=KRX`, asOwner(OWNER_TOKEN, "POST"))).json;
    expect(v.parse(ForgottenBody, await post("sources/forget"))).toEqual({
      exchange: "KRX",
      sources: ["krx"],
    });
    expect(v.parse(BackfillBody, await post("backfill"))).toMatchObject({ status: "none" });
    expect(ports.books.KRX.begun).toBe(1);
  });

  it.for(["sources/check", "sources/forget", "backfill"])(
    "[RT37] POST %s is the owner's alone, and asks nobody for anyone else",
    async (own, { expect }) => {
      const ports = makeMemoryPorts();
      const refused = await ask(makeApp(ports), `/api/admin/${own}?exchange=KRX`, asOwner("wrong", "POST"));
      expect([refused.status, ports.books.KRX.begun, ports.ownerLog.entries]).toEqual([401, 0, []]);
    },
  );
});
