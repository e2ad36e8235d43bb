import { afterEach, describe, it, vi } from "vitest";
import { encodeProblem } from "../../worker/protocol/rest/problem.ts";
import { SignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import { SIGNALS } from "../e2e/stub-signals.ts";
import { fetchJson, RequestError } from "./fetch-json.ts";

function answer(make: () => Response | Promise<Response>): void {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => make()),
  );
}

async function ask(): Promise<unknown> {
  const { signal } = new AbortController();
  return fetchJson("/api/kr/signals", SignalsBody, signal).catch((error: unknown) => RequestError.of(error));
}

describe("requests", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("[UI6] gives back what the protocol's schema accepts", async ({ expect }) => {
    answer(() => Response.json(SIGNALS));
    expect(await ask()).toEqual(SIGNALS);
  });

  it("[UI6] refuses another shape, and text that is not JSON, as unreadable", async ({ expect }) => {
    answer(() => Response.json({ ...SIGNALS, signals: [{ ...SIGNALS.signals[0], pivot: "71900" }] }));
    expect(await ask()).toMatchObject({
      kind: "unreadable",
      message: expect.stringContaining("signals.0.pivot"),
    });
    answer(() => new Response("<!doctype html>"));
    expect(await ask()).toMatchObject({ kind: "unreadable", retryable: false });
  });

  it("[UI6] carries the server's problem, and whether asking again may help", async ({ expect }) => {
    const problem = encodeProblem("unavailable", { detail: "D1 does not answer." }, "req-1");
    answer(() => Response.json(problem, { status: 503 }));
    expect(await ask()).toMatchObject({ kind: "refused", status: 503, problem, retryable: true });
    answer(() => new Response("gone", { status: 404 }));
    expect(await ask()).toMatchObject({ kind: "refused", status: 404, problem: null, retryable: false });
  });

  it("[UI6] calls a server that does not answer unreachable", async ({ expect }) => {
    answer(() => Promise.reject(new TypeError("network")));
    expect(await ask()).toMatchObject({ kind: "unreachable", retryable: true });
  });
});
