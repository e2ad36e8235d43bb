import { describe, it } from "vitest";
import { makeAlertMessage } from "../../testing/builders/alert-builder.ts";
import { cutText, plainText } from "./message-text.ts";

const ADVICE = "매수·매도 권유가 아닙니다.";

describe("a message as plain text", () => {
  it("[AL47] has title, text, link and key, once each", ({ expect }) => {
    const message = makeAlertMessage();
    expect(plainText(message, 4_096).split("\n")).toEqual([
      "돌파 확정 · 한빛전자 900010",
      "현재 71,200 · 피벗 70,000 · 손절 66,500",
      "10:32 KST <데모> & *시험*",
      ADVICE,
      "https://radar.example/signals/900010.20250128.20250415",
      "ref. r1-c1-20260930_0007",
    ]);
    const withLink = makeAlertMessage({ text: `현재 71,200\n${message.url ?? ""}\n${ADVICE}` });
    expect(plainText(withLink, 4_096).match(/https:/g)).toHaveLength(1);
    expect(plainText(makeAlertMessage({ url: null, text: ADVICE }), 4_096).split("\n")).toEqual([
      message.title,
      ADVICE,
      `ref. ${message.key}`,
    ]);
    expect(plainText(makeAlertMessage({ url: `https://a.com/${"x".repeat(600)}` }), 4_096)).not.toContain(
      "https:",
    );
  });

  it("[AL47] keeps the last line, the link and the key when it is too long, and cuts no sign in half", ({
    expect,
  }) => {
    for (let extra = 0; extra < 4; extra++) {
      const body = `${"x".repeat(extra)}${"🙂".repeat(1_700)}`;
      const message = makeAlertMessage({ text: `${body}\n${ADVICE}` });
      const text = plainText(message, 2_000);
      expect(text.length).toBeLessThanOrEqual(2_000);
      expect(text.length).toBeGreaterThan(1_990);
      expect(text.isWellFormed()).toBe(true);
      expect(text.endsWith(`…\n${ADVICE}\n${message.url ?? ""}\nref. ${message.key}`)).toBe(true);
      expect(text.startsWith(message.title)).toBe(true);
    }
    expect(cutText("a🙂", 2)).toBe("a");
    expect(cutText("a🙂", -1)).toBe("");
  });

  it("[AL47] fits, whatever the port allows", ({ expect }) => {
    const longest = makeAlertMessage({
      key: "k".repeat(64),
      title: "t".repeat(120),
      text: `${"x\n".repeat(1_600)}${"y".repeat(300)}`,
      url: `https://radar.example/${"u".repeat(478)}`,
    });
    expect(plainText(longest, 4_096).length).toBeLessThanOrEqual(4_096);
    expect(plainText(longest, 2_000).length).toBeLessThanOrEqual(2_000);
    expect(plainText(longest, 2_000).endsWith(`ref. ${longest.key}`)).toBe(true);
  });
});
