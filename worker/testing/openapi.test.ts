/** The OpenAPI document and the API page against the app that they describe. In Node, because the validator compiles code, which workerd forbids. */
import { Validator } from "@seriousme/openapi-schema-validator";
import * as v from "valibot";
import { describe, it } from "vitest";
import { makeDocument } from "../http/docs/api-document.ts";
import { parametersOf } from "../http/docs/api-schema.ts";
import { makeApp } from "../http/app.ts";
import { ClientMessage } from "../protocol/messages/client-message.ts";
import { CLOSE, ERRORS } from "../protocol/messages/codes.ts";
import { ask } from "./stage/ask.ts";
import { API, NO_SOCKETS } from "./memory/documented-api.ts";
import { makeMemoryPorts } from "./memory/memory-ports.ts";

const app = makeApp(makeMemoryPorts({ sockets: NO_SOCKETS }));

const Operation = v.object({ operationId: v.string() });
const Document = v.object({ paths: v.record(v.string(), v.record(v.string(), Operation)) });

describe("/openapi.json", () => {
  it("[RT21] is a valid OpenAPI 3.1 document, names each operation once and may be kept", async ({
    expect,
  }) => {
    const { json, headers } = await ask(app, "/openapi.json");
    const validator = new Validator();
    const verdict = await validator.validate(v.parse(v.record(v.string(), v.unknown()), json));
    expect([verdict.errors, verdict.valid, validator.version]).toEqual([undefined, true, "3.1"]);
    const { paths } = v.parse(Document, json);
    const ids = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const again = { headers: { "If-None-Match": headers.get("ETag") ?? "" } };
    expect((await ask(app, "/openapi.json", again)).status).toBe(304);
  });

  it("[RT21] has every route of the app, and the app every route of it", ({ expect }) => {
    const served = app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, "{$1}")}`);
    const documented = API.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(documented).size).toBe(documented.length);
    expect(new Set(documented)).toEqual(new Set(served));
  });

  it("[RT21] [RT4] states the range that each number of a query has", async ({ expect }) => {
    const numbers = API.filter(({ owner, token }) => owner !== true && token !== true).flatMap((route) =>
      parametersOf(route).flatMap(({ name, schema: { minimum, maximum } }) =>
        minimum === undefined || maximum === undefined ? [] : [{ route, name, minimum, maximum }],
      ),
    );
    expect(numbers.length).toBeGreaterThan(4);
    for (const { route, name, minimum, maximum } of numbers) {
      const statusOf = async (value: number): Promise<number> =>
        (await ask(app, `${route.path}?${name}=${value}`)).status;
      expect([name, await statusOf(minimum), await statusOf(maximum)]).toEqual([name, 200, 200]);
      expect([name, await statusOf(minimum - 1), await statusOf(maximum + 1)]).toEqual([name, 400, 400]);
    }
  });

  it("[RT21] resolves every reference within itself", ({ expect }) => {
    const document = makeDocument(API, "test-build");
    const text = JSON.stringify(document);
    const { components } = v.parse(
      v.object({ components: v.object({ schemas: v.record(v.string(), v.unknown()) }) }),
      document,
    );
    const named = new Set(Object.keys(components.schemas));
    const meant = new Set(Array.from(text.matchAll(/"\$ref":"([^"]+)"/g), ([, ref = ""]) => ref));
    expect(meant.size).toBeGreaterThan(20);
    for (const ref of meant) {
      expect(ref).toMatch(/^#\/components\/schemas\//);
      expect(named).toContain(ref.replace("#/components/schemas/", ""));
    }
  });
});

describe("/docs", () => {
  const page = async () => await ask(app, "http://radar.example/docs");
  const nonceOf = (policy: string | null): string =>
    /style-src 'nonce-([^']+)'/.exec(policy ?? "")?.[1] ?? "";

  it("[RT21a] has no script and loads nothing, and its style is let in by a nonce of its own", async ({
    expect,
  }) => {
    const [one, two] = [await page(), await page()];
    const policy = one.headers.get("Content-Security-Policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
    expect(one.text).not.toMatch(/<script|<link|<img|<iframe| style=| src=| on\w+=/);
    expect(nonceOf(policy)).not.toBe("");
    expect(one.text).toContain(`<style nonce="${nonceOf(policy)}">`);
    expect(nonceOf(two.headers.get("Content-Security-Policy"))).not.toBe(nonceOf(policy));
    expect(one.headers.get("Cache-Control")).toBe("no-store");
  });

  it("[RT21a] shows every route with an example at the address where it was asked for", async ({
    expect,
  }) => {
    const { text } = await page();
    const code = Array.from(
      text.matchAll(/<pre[^>]*><code>([\s\S]*?)<\/code><\/pre>/g),
      ([, one = ""]) => one,
    );
    for (const { method, path, example } of API) {
      expect(text).toContain(`<b>${method.toUpperCase()}</b> ${path}</h3>`);
      const url = `radar.example${example.path.replaceAll("&", "&amp;")}`;
      expect([path, code.some((one) => one.includes(url))]).toEqual([path, true]);
    }
  });

  it("[RT21a] has every message that a script may send, every close code and every error", async ({
    expect,
  }) => {
    const { text } = await page();
    const cells = new Set(Array.from(text.matchAll(/<td>(?:<code>)?([^<]*)/g), ([, one = ""]) => one));
    for (const { code, reason } of Object.values(CLOSE)) {
      expect(cells).toContain(String(code));
      expect(cells).toContain(reason);
    }
    for (const [code, meaning] of Object.entries(ERRORS)) {
      expect(cells).toContain(code);
      expect(cells).toContain(meaning);
    }
    const requests = [...cells].filter((cell) => cell.startsWith("{&quot;type&quot;"));
    for (const { entries } of ClientMessage.options) {
      expect(requests.some((cell) => cell.includes(`&quot;${entries.type.literal}&quot;`))).toBe(true);
    }
  });
});
