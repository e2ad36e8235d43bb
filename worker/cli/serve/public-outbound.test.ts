import { lookup } from "node:dns";
import { createServer, request as requestHttp, type Server } from "node:http";
import { afterAll, beforeAll, describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { isPublicAddress } from "../../adapters/alerts/public-address.ts";
import { sendToPublic } from "./public-outbound.ts";

const REAL = { request: requestHttp, resolve: lookup, isPublic: isPublicAddress };

describe("the way out of the owner's own machine", () => {
  const got: string[] = [];
  let [server, connections, port]: [Server | null, number, number] = [null, 0, 0];

  beforeAll(async () => {
    const made = createServer((incoming, response) => {
      let body = "";
      incoming.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      incoming.on("end", () => {
        got.push(
          `${incoming.method} ${incoming.url} ${String(incoming.headers["x-radar-timestamp"])} ${body}`,
        );
        const location = `http://127.0.0.1:${port}/inner`;
        response.writeHead(incoming.url === "/redirect" ? 307 : incoming.url === "/none" ? 204 : 200, {
          location,
        });
        response.end(incoming.url === "/none" ? undefined : "taken");
      });
    });
    server = made;
    made.on("connection", () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => {
      made.listen(0, "127.0.0.1", resolve);
    });
    const address = made.address();
    assert(address !== null && typeof address === "object", "It listens");
    port = address.port;
  });

  afterAll(() => server?.close());

  const post = (url: string) =>
    new Request(url, {
      method: "POST",
      body: '{"a":1}',
      headers: { "x-radar-timestamp": "5" },
      redirect: "manual",
    });
  const resolvingTo = (...addresses: readonly string[]): typeof lookup =>
    Object.assign((_name: string, options: unknown, done: unknown) => {
      assert(typeof options === "object" && typeof done === "function", "As the system's is called");
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    }, lookup);

  it("[AL64] connects nowhere when one address of the name is not public", async ({ expect }) => {
    for (const addresses of [["127.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["::1"], []]) {
      const outbound = { ...REAL, resolve: resolvingTo(...addresses) };
      const answer = await sendToPublic(post(`http://hooks.radar-check.com:${port}/x`), outbound);
      expect([answer.status, answer.headers.get("x-radar-outbound")]).toEqual([421, "inner-address"]);
    }
    for (const host of ["localhost", "127.0.0.1", "[::1]", "2130706433", "[::ffff:127.0.0.1]"]) {
      const answer = await sendToPublic(post(`http://${host}:${port}/x`), REAL);
      expect(answer.status, host).toBe(421);
    }
    expect([connections, got]).toEqual([0, []]);
  });

  it("[AL64] sends the message as it is, and gives the answer, a redirect too", async ({ expect }) => {
    const outbound = { ...REAL, resolve: resolvingTo("127.0.0.1"), isPublic: () => true };
    const taken = await sendToPublic(post(`http://hooks.radar-check.com:${port}/x?y=1`), outbound);
    expect([taken.status, await taken.text()]).toEqual([200, "taken"]);
    const redirect = await sendToPublic(post(`http://hooks.radar-check.com:${port}/redirect`), outbound);
    expect([redirect.status, redirect.headers.get("location")]).toEqual([
      307,
      `http://127.0.0.1:${port}/inner`,
    ]);
    expect((await sendToPublic(post(`http://hooks.radar-check.com:${port}/none`), outbound)).status).toBe(
      204,
    );
    expect(got).toEqual(['POST /x?y=1 5 {"a":1}', 'POST /redirect 5 {"a":1}', 'POST /none 5 {"a":1}']);
  });

  it("[AL64] a receiver that is away is a fault of a gateway", async ({ expect }) => {
    const outbound = { ...REAL, resolve: resolvingTo("127.0.0.1"), isPublic: () => true };
    expect((await sendToPublic(post("http://hooks.radar-check.com:1/x"), outbound)).status).toBe(502);
  });
});
