import { createServer } from "node:http";
import { it, onTestFinished } from "vitest";
import { makeOwnerClient, ownerHeaders } from "./owner-client.ts";

it.for<[number, string]>([
  [401, "The Worker refuses the owner's token (401)."],
  [403, "/api/x answered 403: because. Set OWNER_TOKEN where the Worker runs"],
  [421, "/api/x answered 421: because. Use the address that `npm start` printed."],
  [500, "/api/x answered 500: because. The log has the error"],
  [503, "/api/x answered 503: because. It was tried several times. `npm run doctor` names what is wrong"],
])(
  "[CL44] explains a %i by its own cause, and the token by a 401 alone",
  async ([status, text], { expect }) => {
    const problem = { type: "/problems/x", title: "x", status, detail: "because.", request_id: "1" };
    const server = createServer((_, response) => {
      response.writeHead(status, { "Retry-After": "0" }).end(JSON.stringify(problem));
    });
    onTestFinished(() => {
      server.close();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const client = makeOwnerClient({ url: new URL(`http://127.0.0.1:${port}`), token: "t", pauseMs: 1 });
    const failure = await client.send("GET", "/api/x").catch((error: unknown) => error);
    expect(String(failure)).toContain(text);
    expect(String(failure).includes("refuses the owner's token")).toBe(status === 401);
  },
);

it("[CL69] sends the owner's token, and a service token of Access only where it is whole", ({ expect }) => {
  const [id, secret] = ["CF_ACCESS_CLIENT_ID", "CF_ACCESS_CLIENT_SECRET"];
  const bearer = { Authorization: "Bearer t" };
  for (const env of [{}, { [id]: "a" }, { [secret]: "b" }, { [id]: "a", [secret]: "" }]) {
    expect(ownerHeaders("t", env)).toEqual(bearer);
  }
  expect(ownerHeaders("t", { [id]: "a", [secret]: "b" })).toEqual({
    ...bearer,
    "CF-Access-Client-Id": "a",
    "CF-Access-Client-Secret": "b",
  });
});
