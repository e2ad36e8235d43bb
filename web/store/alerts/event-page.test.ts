import { describe, it } from "vitest";
import { ALERT_KINDS } from "../../../worker/core/alerts/alert-event.ts";
import { encodeAlertEvent } from "../../../worker/protocol/rest/alert-events.ts";
import { alertOfKind, makeAlert } from "../../../worker/testing/builders/alert-builder.ts";
import { alertOf } from "./event-page.ts";

describe("a row of the log", () => {
  it("[RT47] is read by the page as the event that the server wrote, of whatever kind", ({ expect }) => {
    const events = [
      ...ALERT_KINDS.map(alertOfKind),
      makeAlert({ nameEn: "Hanbit Electronics" }),
      makeAlert({ market: null, reason: "BASE_FAIL" }),
    ];
    expect(events.map((event) => alertOf(encodeAlertEvent(1, event), event.exchange))).toEqual(events);
  });

  it("[RT47] of a correction, of another kind or without what its kind has is no event", ({ expect }) => {
    const row = encodeAlertEvent(1, makeAlert());
    const others = [
      { ...row, kind: "withdrawn" },
      { ...row, kind: "newer" },
      { ...row, pivot: null },
    ];
    expect(others.map((one) => alertOf(one, "KRX"))).toEqual([null, null, null]);
  });
});
