import { describe, it } from "vitest";
import { judgeReply } from "./gateway-codes.ts";

const reply = (status: number, body: unknown) => ({
  status,
  headers: new Headers(),
  bytes: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
});
const refusal = (code: string) => ({ rt_cd: "1", msg_cd: code, msg1: "the text of the vendor" });

describe("what an answer means", () => {
  it.for([
    ["EGW00103", "bad_key"],
    ["EGW00105", "bad_key"],
    ["EGW00304", "bad_key"],
    ["EGW00206", "service_not_approved"],
    ["EGW00207", "address_not_allowed"],
    ["EGW00303", "address_not_allowed"],
  ] as const)("[KI1] %s is %s, whatever its status and envelope", ([code, why], { expect }) => {
    for (const status of [200, 403, 500]) {
      for (const body of [refusal(code), { error_code: code, error_description: "x" }]) {
        const verdict = judgeReply(reply(status, body));
        expect(verdict).toMatchObject({ kind: "denied", why });
        expect(JSON.stringify(verdict)).not.toContain("the text of the vendor");
      }
    }
  });

  it.for([
    [200, refusal("EGW00201"), "rate"],
    [500, refusal("EGW00201"), "rate"],
    [429, {}, "rate"],
    [500, refusal("EGW00123"), "token"],
    [200, refusal("EGW00121"), "token"],
    [403, { error_code: "EGW00133" }, "token_too_soon"],
    [200, { rt_cd: "0", msg_cd: "MCA00000", output: [] }, "served"],
    [200, { access_token: "x", expires_in: 86_400 }, "served"],
  ] as const)("[KI1] status %i with %j is %s", ([status, body, kind], { expect }) => {
    expect(judgeReply(reply(status, body)).kind).toBe(kind);
  });

  it.for([
    [500, refusal("OPSQ0008"), true],
    [200, refusal("EGW00301"), true],
    [500, { rt_cd: "1", msg_cd: "", msg1: "" }, true],
    [502, "<html><h1>Bad Gateway</h1></html>", true],
    [200, refusal("OPSQ2001"), false],
    [404, "<html>Not Found</html>", false],
    [200, "", false],
    [200, "nothing that is JSON", false],
    [200, "[]", false],
    [503, "Service Unavailable", true],
    [200, { rt_cd: "1", msg_cd: "<script>", msg1: "" }, false],
    [403, { rt_cd: "0" }, false],
  ] as const)(
    "[KI1] status %i with %j fails, worth another try: %s",
    ([status, body, retryable], { expect }) => {
      expect(judgeReply(reply(status, body))).toMatchObject({ kind: "failed", retryable });
    },
  );

  it.for([200, 401, 403, 429])("[KI1] a web page with status %i is a block", (status, { expect }) => {
    expect(judgeReply(reply(status, "\n <!DOCTYPE html><title>Blocked</title>"))).toMatchObject({
      kind: "denied",
      why: "blocked",
    });
  });
});
