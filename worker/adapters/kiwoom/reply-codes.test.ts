import { describe, it } from "vitest";
import { judgeRefusal, judgeReply } from "./reply-codes.ts";

const reply = (status: number, body: unknown) => ({
  status,
  headers: new Headers(),
  bytes: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
});
const refusal = (code: string, number = 3) => ({
  return_code: number,
  return_msg: `the text of the vendor[${code}:more of it]`,
});

describe("what an answer of Kiwoom means", () => {
  it.for([
    ["8001", "bad_key"],
    ["8030", "bad_key"],
    ["8010", "address_not_allowed"],
    ["8050", "address_not_allowed"],
    ["8104", "service_not_approved"],
  ] as const)("[KW1] %s is %s, whatever its status and number", ([code, why], { expect }) => {
    for (const [status, number] of [
      [200, 3],
      [200, 20],
      [401, 3],
    ] as const) {
      const verdict = judgeReply(reply(status, refusal(code, number)));
      expect(verdict).toMatchObject({ kind: "denied", why });
      expect(JSON.stringify(verdict)).not.toContain("the text of the vendor");
    }
    // As the socket words it.
    expect(judgeRefusal(Number(`80${code}`), `refused [CODE=${code}, MESSAGE=x]`)).toMatchObject({ why });
  });

  it("[KW1] 1634 and 1700 share number and words: the second alone is worth another try", ({ expect }) => {
    const words = (code: string) => ({ return_code: 5, return_msg: `more than is allowed [${code}]` });
    expect(judgeReply(reply(200, words("1634")))).toMatchObject({ kind: "failed", retryable: false });
    expect(judgeReply(reply(200, words("1700")))).toEqual({ kind: "rate" });
    expect(judgeReply(reply(429, words("1634")))).toMatchObject({ kind: "failed", retryable: false });
  });

  it.for([
    [200, refusal("1701", 5), "rate"],
    [429, "Too Many Requests", "rate"],
    [429, refusal("1700", 5), "rate"],
    [200, { return_code: 5, return_msg: "유량=5" }, "rate"],
    [200, refusal("8005"), "token"],
    [200, refusal("8031"), "token"],
    [401, "", "token"],
    [401, { return_code: 3, return_msg: "" }, "token"],
    [200, { return_code: 0, return_msg: "", list: [] }, "served"],
    [200, { return_code: "0" }, "served"],
  ] as const)("[KW1] status %i with %j is %s", ([status, body, kind], { expect }) => {
    expect(judgeReply(reply(status, body)).kind).toBe(kind);
  });

  it.for([
    [200, refusal("1999", 20), true],
    [500, { return_code: 1, return_msg: "" }, true],
    [502, "<html>Bad Gateway</html>", true],
    [503, "Service Unavailable", true],
    [200, refusal("1511", 2), false],
    [404, "<html>Not Found</html>", false],
    [200, "", false],
    [200, "[]", false],
    [200, { return_msg: "nothing else" }, false],
    [500, { return_code: 0 }, true],
  ] as const)("[KW1] status %i with %j fails, worth another try: %s", ([status, body, again], { expect }) => {
    expect(judgeReply(reply(status, body))).toMatchObject({ kind: "failed", retryable: again });
  });

  it("[KW1] a web page in the place of data is a block", ({ expect }) => {
    for (const status of [200, 403]) {
      expect(judgeReply(reply(status, "<!DOCTYPE html>"))).toMatchObject({ kind: "denied", why: "blocked" });
    }
  });
});
