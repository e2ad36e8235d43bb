/** What is asked of the server in the owner's name, and how its answers are read. */
import { afterEach, describe, it, vi } from "vitest";
import { encodeRule } from "../../../worker/protocol/rest/alert-rules.ts";
import { encodeProblem, type ProblemName } from "../../../worker/protocol/rest/problem.ts";
import { ANY_RULE } from "./stage-alerts.ts";
import { createAction } from "./owner-alerts.ts";
import { needsLogin, readDeliveries, readOwnerPart, saveChannel, saveRule } from "./owner-requests.ts";

const RULE = { ...ANY_RULE, quiet: { from: 1_320, until: 420, zone: "Asia/Seoul" }, channels: ["desk"] };
const ALERTS = { rules: [encodeRule(RULE)], channels: [], push: { key: "B" }, links: null };

function session(isActive: boolean): object {
  return { required: false, active: isActive, expires_at: isActive ? "2026-12-29T10:00:00+09:00" : null };
}

function problem(name: ProblemName): Response {
  const body = encodeProblem(name, { detail: "no" }, "req-1");
  return Response.json(body, { status: body.status });
}

/** Returns what was asked, with what was sent. */
function answer(answers: Readonly<Record<string, () => Response>>): readonly string[] {
  const asked: string[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(async (path: string, init: RequestInit = {}) => {
      const body = typeof init.body === "string" ? [init.body] : [];
      asked.push([init.method ?? "GET", path, ...body].join(" "));
      return Promise.resolve(answers[path]?.() ?? new Response("", { status: 404 }));
    }),
  );
  return asked;
}

const { signal } = new AbortController();

describe("the owner's alerts", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("[UI290] are not asked for without a session", async ({ expect }) => {
    const asked = answer({ "/api/session": () => Response.json(session(false)) });
    expect(await readOwnerPart(signal)).toEqual({ kind: "out" });
    expect(asked).toEqual(["GET /api/session"]);
  });

  it("[UI290] are read as rules of the core, and lead to the login where the session has ended meanwhile", async ({
    expect,
  }) => {
    const isIn = { "/api/session": () => Response.json(session(true)) };
    answer({ ...isIn, "/api/alerts": () => Response.json(ALERTS) });
    expect(await readOwnerPart(signal)).toEqual({ kind: "in", rules: [RULE], channels: [], links: null });
    const links = "https://radar.example";
    answer({ ...isIn, "/api/alerts": () => Response.json({ ...ALERTS, links }) });
    expect(await readOwnerPart(signal)).toMatchObject({ links });
    answer({ ...isIn, "/api/alerts": () => problem("unauthorized") });
    expect(await readOwnerPart(signal)).toEqual({ kind: "out" });
    answer({ ...isIn, "/api/alerts": () => problem("unavailable") });
    await expect(readOwnerPart(signal)).rejects.toMatchObject({ status: 503 });
    answer({ ...isIn, "/api/alerts": () => Response.json({ ...ALERTS, rules: [{ id: "r" }] }) });
    await expect(readOwnerPart(signal)).rejects.toMatchObject({ kind: "unreadable" });
  });

  it("[UI291] sends a rule without its id under the address of it, so that a second try makes no second rule", async ({
    expect,
  }) => {
    const { id, ...body } = encodeRule(RULE);
    const asked = answer({ [`/api/alerts/rules/${id}`]: () => Response.json(encodeRule(RULE)) });
    await saveRule(RULE);
    await saveRule(RULE);
    expect(asked).toEqual([1, 2].map(() => `PUT /api/alerts/rules/${id} ${JSON.stringify(body)}`));
  });

  it("[UI291] keep the failure of a save until the next, and take one press at a time", async ({
    expect,
  }) => {
    const action = createAction();
    answer({ "/api/alerts/rules/rule": () => problem("unauthorized") });
    const save = async (): Promise<void> => saveRule({ ...RULE, id: "rule" });
    const first = action.run(save);
    expect([action.isBusy(), await action.run(save), await first]).toEqual([true, false, false]);
    expect([action.isBusy(), needsLogin(action.failure())]).toEqual([false, true]);
    answer({ "/api/alerts/rules/rule": () => Response.json(encodeRule({ ...RULE, id: "rule" })) });
    expect([await action.run(save), action.failure()]).toEqual([true, null]);
  });

  it("[UI293] gives back a drawn secret, and nothing where one was sent", async ({ expect }) => {
    const hook = { kind: "webhook", name: "d", url: "https://hooks.example/", template: "raw" } as const;
    answer({ "/api/alerts/channels/d": () => Response.json({ id: "d", secret: "drawn" }) });
    expect(await saveChannel("d", hook)).toBe("drawn");
    answer({ "/api/alerts/channels/d": () => Response.json({ id: "d", secret: null }) });
    expect(await saveChannel("d", { ...hook, secret: "0123456789abcdef" })).toBeNull();
  });

  it("[UI294] ask for the log of all rules, or of one", async ({ expect }) => {
    const empty = (): Response => Response.json({ deliveries: [] });
    const asked = answer({
      "/api/alerts/log?limit=50": empty,
      "/api/alerts/log?limit=50&rule=starred": empty,
    });
    await readDeliveries(null, signal);
    await readDeliveries("starred", signal);
    expect(asked).toEqual(["GET /api/alerts/log?limit=50", "GET /api/alerts/log?limit=50&rule=starred"]);
  });
});
