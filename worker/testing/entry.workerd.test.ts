/** The entry of the Worker as the platform calls it. Here, because routes do not see what composes them. */
import { applyD1Migrations, createExecutionContext, reset, waitOnExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, it, vi } from "vitest";
import * as v from "valibot";
import worker from "../index.ts";
import { HealthBody } from "../protocol/rest/health.ts";

const Versioned = v.object({ info: v.object({ version: v.string() }) });

/** An environment of its own, which counts how often its ports are composed: once each time, ALLOWED_ORIGINS is read. */
function counted(build: string): { readonly env: Env; readonly composed: () => number } {
  let composed = 0;
  const own = new Proxy(env, {
    get(target, name) {
      if (name === "BUILD") {
        return build;
      }
      composed += name === "ALLOWED_ORIGINS" ? 1 : 0;
      const value: unknown = Reflect.get(target, name);
      return value;
    },
  });
  return { env: own, composed: () => composed };
}

async function versionIn(own: Env): Promise<string> {
  const ctx = createExecutionContext();
  const response = await worker.fetch(new Request("http://radar.example/openapi.json"), own, ctx);
  const { info } = v.parse(Versioned, await response.json());
  await waitOnExecutionContext(ctx);
  return info.version;
}

describe("the entry", () => {
  it("[RT27] builds one app for all requests of an environment, and another for another", async ({
    expect,
  }) => {
    const [one, other] = [counted("one"), counted("other")];
    expect([await versionIn(one.env), await versionIn(one.env)]).toEqual(["one", "one"]);
    expect(await versionIn(other.env)).toBe("other");
    expect(await versionIn(one.env)).toBe("one");
    expect([one.composed(), other.composed()]).toEqual([1, 1]);
  });

  it("[RT18a] asks the real objects what they remember: nothing, while nothing failed", async ({
    expect,
  }) => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    const response = await exports.default.fetch("http://radar.example/api/health");
    expect(response.status).toBe(200);
    // An object that could not be asked would stand here itself.
    expect(v.parse(HealthBody, await response.json()).failures).toEqual([]);
  });

  it("[RD2] closes a real exchange under a rule that is not understood, and logs it", async ({ expect }) => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    const lines: unknown[] = [];
    const log = vi.spyOn(console, "error").mockImplementation((line) => lines.push(line));
    const statusUnder = async (rule: string): Promise<number> => {
      const own = new Proxy(env, {
        get: (target, name): unknown => (name === "READERS" ? rule : Reflect.get(target, name)),
      });
      const ctx = createExecutionContext();
      const response = await worker.fetch(
        new Request("http://radar.example/api/kr/signals?exchange=KRX"),
        own,
        ctx,
      );
      await response.text();
      await waitOnExecutionContext(ctx);
      return response.status;
    };
    expect([await statusUnder("public"), await statusUnder("owner"), await statusUnder("")]).toEqual([
      200, 401, 401,
    ]);
    expect(lines).toEqual([]);
    expect(await statusUnder("pubic")).toBe(401);
    expect(lines.join()).toContain("readers_not_understood");
    log.mockRestore();
  });
});
