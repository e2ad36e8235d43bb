import { describe, it } from "vitest";
import { alertMessage } from "../../testing/builders/alert-message.ts";
import { cutText, plainText } from "./message-text.ts";

const ADVICE = "매수·매도 권유가 아닙니다.";

describe("a message as plain text", () => {
  it("[AL47] has title, text, link and key, once each", ({ expect }) => {
    const message = alertMessage();
    expect(plainText(message, 4_096).split("\n")).toEqual([
      "돌파 확정 · 한빛전자 900010",
      "현재 12,350 · 피벗 12,000 · 손절 11,280",
      "10:15 KST <데모> & *시험*",
      ADVICE,
      "https://radar.example/signals/DEMO:900010:7",
      "ref. r1-c1-20260930_0007",
    ]);
    const withLink = alertMessage({ text: `현재 12,350\n${message.url ?? ""}\n${ADVICE}` });
    expect(plainText(withLink, 4_096).match(/https:/g)).toHaveLength(1);
    expect(plainText(alertMessage({ url: null, text: ADVICE }), 4_096).split("\n")).toEqual([
      message.title,
      ADVICE,
      `ref. ${message.key}`,
    ]);
    expect(plainText(alertMessage({ url: `https://a.com/${"x".repeat(600)}` }), 4_096)).not.toContain(
      "https:",
    );
  });

  it("[AL47] keeps the last line, the link and the key when it is too long, and cuts no sign in half", ({
    expect,
  }) => {
    for (let extra = 0; extra < 4; extra++) {
      const body = `${"x".repeat(extra)}${"🙂".repeat(1_700)}`;
      const message = alertMessage({ text: `${body}\n${ADVICE}` });
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
    const longest = alertMessage({
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
