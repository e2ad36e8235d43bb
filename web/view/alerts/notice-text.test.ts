/** What a notice states, in the same terms as the messages of the server. */
import { describe, it } from "vitest";
import { ALERT_KINDS, type ToldAlert } from "../../../worker/core/alerts/alert-event.ts";
import { factsOf, whatOf } from "../../../worker/protocol/alert-lines.ts";
import { isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import { encodeAlertEvent } from "../../../worker/protocol/rest/alert-events.ts";
import { alertOfKind, makeAlert } from "../../../worker/testing/builders/alert-builder.ts";
import { ALERT_TEXTS } from "../../i18n/alert-texts.ts";
import { en } from "../../i18n/en.ts";
import { createFormat } from "../../i18n/format.ts";
import { ko } from "../../i18n/ko.ts";
import type { Locale } from "../../i18n/locale.ts";
import { shownName } from "../labels/company-name.ts";
import { type NoticeText, noticeText } from "./notice-text.ts";

function noticeOf(event: ToldAlert, locale: Locale): NoticeText {
  return noticeText(encodeAlertEvent(1, event), {
    texts: ALERT_TEXTS[locale],
    format: createFormat(locale),
    naming: (company) => shownName(company, { locale, isCodeFirst: false, text: locale === "ko" ? ko : en }),
    isSimulated: isSimulated(event.exchange),
  });
}

describe("a notice", () => {
  it.for(["ko", "en"] as const)(
    "[AL80] states what happened as a message does, in %s",
    (locale, { expect }) => {
      const events = [
        ...ALERT_KINDS.map(alertOfKind),
        ...["PIVOT_FAIL", "BASE_FAIL"].map((reason) => makeAlert({ kind: "failed", reason })),
      ];
      expect(events.map((event) => noticeOf(event, locale).what)).toEqual(
        events.map((event) => whatOf(event, locale)),
      );
    },
  );

  it("[AL80] names the colours of the gate as the rest of the page does", ({ expect }) => {
    for (const [texts, { gateGREEN, gateYELLOW, gateRED, gateUNKNOWN }] of [
      [ALERT_TEXTS.ko, ko],
      [ALERT_TEXTS.en, en],
    ] as const) {
      const { GREEN, YELLOW, RED, UNKNOWN } = texts.gates;
      const shown = [gateGREEN, gateYELLOW, gateRED, gateUNKNOWN].map((text) => text.toLowerCase());
      expect([GREEN, YELLOW, RED, UNKNOWN]).toEqual(shown);
    }
  });

  it("[UI314] of the demo has its session, and calls the time of the clock real, as a message does", ({
    expect,
  }) => {
    const event = makeAlert({ exchange: "DEMO" });
    for (const [locale, pattern] of [
      ["ko", /데모 기준일 2025-06-13.*실제 시각.*10:32/u],
      ["en", /Demo session 2025-06-13.*real time.*10:32/u],
    ] as const) {
      expect(noticeOf(event, locale).time).toMatch(pattern);
      expect(factsOf(event, locale)).toMatch(pattern);
    }
    expect(noticeOf(makeAlert({}), "ko").time).not.toContain("데모");
  });

  it("[UI71] names a company in English by its English name, or else by the romanised one", ({ expect }) => {
    const titles = [null, "Hanbit Electronics"].map((nameEn) => noticeOf(makeAlert({ nameEn }), "en").title);
    expect(titles).toEqual([
      "Breakout confirmed · Hanbitjeonja 900010",
      "Breakout confirmed · Hanbit Electronics 900010",
    ]);
  });
});
