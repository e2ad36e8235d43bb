import { describe, it } from "vitest";
import { parseRetention } from "./retention-rule.ts";

describe("how long records are kept", () => {
  it("[JB18] has a default for each variable that is missing or empty", ({ expect }) => {
    const usual = { outboxDays: 7, ownerLogDays: 400, demoSessions: 520 };
    expect(parseRetention({})).toEqual(usual);
    expect(parseRetention({ OUTBOX_DAYS: "", OWNER_LOG_DAYS: "", DEMO_RECORD_SESSIONS: "" })).toEqual(usual);
  });

  it("[JB18] takes whole numbers within the limits", ({ expect }) => {
    const vars = { OUTBOX_DAYS: "1", OWNER_LOG_DAYS: "3650", DEMO_RECORD_SESSIONS: "360" };
    expect(parseRetention(vars)).toEqual({ outboxDays: 1, ownerLogDays: 3_650, demoSessions: 360 });
  });

  it.for([
    ["OUTBOX_DAYS", "0", "days from 1 to 3650"],
    ["OUTBOX_DAYS", "a week", "days from 1 to 3650"],
    ["OWNER_LOG_DAYS", "1.5", "days from 1 to 3650"],
    ["DEMO_RECORD_SESSIONS", "359", "sessions from 360 to 520"],
    ["DEMO_RECORD_SESSIONS", "521", "sessions from 360 to 520"],
  ] as const)(
    "[JB18] refuses %s = %s and names variable, value and limits",
    ([name, text, limits], { expect }) => {
      expect(() => parseRetention({ [name]: text })).toThrow(
        `${name} was "${text}", not a whole number of ${limits}`,
      );
    },
  );
});
