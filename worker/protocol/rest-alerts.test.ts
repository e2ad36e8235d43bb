/** RT49: rules, channels and subscriptions of alerts on the wire: what is taken, and that nothing is lost on the way. */
import fc from "fast-check";
import * as v from "valibot";
import { describe, it } from "vitest";
import { ALERT_KINDS, NEAR_STEPS } from "../core/alerts/alert-event.ts";
import type { AlertRule, AlertScope } from "../core/alerts/alert-rule.ts";
import { makeAlert } from "../testing/builders/alert-builder.ts";
import { dayOf } from "../testing/builders/signal-builder.ts";
import { AlertEventRow, encodeAlertEvent } from "./rest/alert-events.ts";
import { AlertRuleBody, AlertRuleRow, decodeRule, encodeRule } from "./rest/alert-rules.ts";
import { ChannelBody, SubscriptionBody } from "./rest/alerts.ts";

const RULE: AlertRuleBody = {
  name: "관심 종목",
  on: true,
  kinds: ["touched", "confirmed"],
  within: 3,
  scope: { kind: "tickers", from: "starred", tickers: ["005930", "D00001"] },
  cooldown: 10,
  quiet: { from: "22:30", until: "07:00", zone: "Asia/Seoul" },
  digest: false,
  only_open: false,
  language: "ko",
  channels: [],
};

const KEYS = { p256dh: "B".repeat(87), auth: "a".repeat(22) };
const SUBSCRIPTION = { endpoint: "https://push.example/1", keys: KEYS, rules: [{ id: "a", ...RULE }] };

/** The place and the text of the first fault; `null` for what is taken. */
function faultOf(schema: v.GenericSchema, value: unknown): string | null {
  const result = v.safeParse(schema, value);
  return result.success ? null : `${v.getDotPath(result.issues[0]) ?? ""}: ${result.issues[0].message}`;
}

const scope: fc.Arbitrary<AlertScope> = fc.oneof(
  fc.constant({ kind: "all" } as const),
  fc.record({ kind: fc.constant("market" as const), market: fc.constantFrom("KOSPI", "KOSDAQ", "KONEX") }),
  fc.record({ kind: fc.constant("grade" as const), least: fc.constantFrom("S", "A", "B", "C", "D") }),
  fc.record({
    kind: fc.constant("tickers" as const),
    from: fc.constantFrom("starred", "a1"),
    tickers: fc.uniqueArray(fc.constantFrom("005930", "0013A0", "D00001", "900010")),
  }),
);
const minute = fc.integer({ min: 0, max: 1_439 });
const rule: fc.Arbitrary<AlertRule> = fc.record({
  id: fc.stringMatching(/^[a-z0-9-]{1,32}$/),
  name: fc.string({ unit: "grapheme", maxLength: 8 }).filter((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)),
  isOn: fc.boolean(),
  kinds: fc.uniqueArray(fc.constantFrom(...ALERT_KINDS), { minLength: 1 }),
  within: fc.constantFrom(...NEAR_STEPS),
  scope,
  cooldown: fc.integer({ min: 0, max: 1_440 }),
  quiet: fc.option(
    fc.record({
      from: minute,
      until: minute,
      zone: fc.constantFrom("Asia/Seoul", "America/New_York", "UTC"),
    }),
  ),
  digest: fc.boolean(),
  onlyOpen: fc.boolean(),
  language: fc.constantFrom("ko", "en"),
  channels: fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,32}$/), { maxLength: 10 }),
});

describe("a rule on the wire", () => {
  it("[RT49] is the rule that went in, whatever it asks for", ({ expect }) => {
    fc.assert(
      fc.property(rule, (given) => {
        const wire: unknown = JSON.parse(JSON.stringify(encodeRule(given)));
        const { id, ...body } = v.parse(AlertRuleRow, wire);
        expect(decodeRule(id, v.parse(AlertRuleBody, body))).toEqual(given);
      }),
      { seed: 20261130, numRuns: 300 },
    );
  });

  it("[RT49] has its tickers in upper case", ({ expect }) => {
    const lower = { ...RULE, scope: { kind: "tickers", from: "a1", tickers: ["d00001"] } };
    expect(decodeRule("a", v.parse(AlertRuleBody, lower)).scope).toMatchObject({ tickers: ["D00001"] });
  });

  const scopeOf = (...tickers: string[]): object => ({ scope: { ...RULE.scope, tickers } });
  it.for([
    ["no event", { kinds: [] }, "kinds: must name some events"],
    ["an event twice", { kinds: ["new", "new"] }, "kinds: has the same entry twice"],
    ["a cooldown beyond a day", { cooldown: 1_441 }, "cooldown:"],
    ["a part of a minute", { cooldown: 0.5 }, "cooldown:"],
    [
      "a time that no day has",
      { quiet: { ...RULE.quiet, from: "24:00" } },
      "quiet.from: must be a time of the day",
    ],
    [
      "a zone that is none",
      { quiet: { ...RULE.quiet, zone: "Mars/Base" } },
      "quiet.zone: must be a time zone",
    ],
    ["a ticker that is none", scopeOf("nvda"), "scope.tickers.0: must be a ticker such as 005930"],
    ["a ticker twice", scopeOf("D00001", "d00001"), "scope.tickers: has the same entry twice"],
    [
      "too many tickers",
      scopeOf(...Array.from({ length: 501 }, (_, i) => `D${String(i).padStart(5, "0")}`)),
      "scope.tickers: has more than 500 tickers",
    ],
    ["a step that is none", { within: 4 }, "within:"],
    ["a name of two lines", { name: "a\nb" }, "name: must be one line of text"],
    ["a long name", { name: "a".repeat(61) }, "name: has more than 60 characters"],
    ["an id of a channel that is none", { channels: ["__proto__"] }, "channels.0: must be 1 to 32 of a-z"],
    ["a field that is not known", { quite: null }, "quite:"],
  ] as const)("[RT49] is refused with %s, by the name of the field", ([, patch, fault], { expect }) => {
    expect(faultOf(AlertRuleBody, RULE)).toBeNull();
    expect(faultOf(AlertRuleBody, { ...RULE, ...patch })).toContain(fault);
  });
});

describe("who is sent to, on the wire", () => {
  const TELEGRAM = { kind: "telegram", name: "me", chat_id: "-1001234567890" };
  const WEBHOOK = { kind: "webhook", name: "hook", url: "https://hooks.example/a", template: "raw" };

  it.for([
    [TELEGRAM, null],
    [{ ...TELEGRAM, token: `123456:${"A".repeat(35)}`, chat_id: "@radar" }, null],
    [WEBHOOK, null],
    [{ ...WEBHOOK, secret: "0123456789abcdef" }, null],
    [{ ...TELEGRAM, chat_id: "me/../x" }, "chat_id: must be the number of a chat"],
    [{ ...TELEGRAM, token: "123456:../../x" }, "token: must have the form 123456:ABC-DEF"],
    [{ ...WEBHOOK, url: "javascript:alert(1)" }, "url: must be an address such as https"],
    [{ ...WEBHOOK, url: `https://a.example/${"x".repeat(2_000)}` }, "url:"],
    [{ ...WEBHOOK, secret: "short" }, "secret: must be 16 to 200"],
    [{ ...WEBHOOK, token: "x" }, "token:"],
    [{ kind: "mail" }, "kind:"],
    [{}, "kind:"],
  ] as const)("[RT49] a channel: %j", ([body, fault], { expect }) => {
    const found = faultOf(ChannelBody, body);
    expect(fault === null ? found : found?.startsWith(fault)).toBe(fault === null ? null : true);
  });

  it.for([
    [{}, null],
    [{ endpoint: "push" }, "endpoint: must be an address"],
    [{ keys: { ...KEYS, p256dh: "short" } }, "keys.p256dh: must be the 65 bytes"],
    [{ keys: { ...KEYS, auth: "!" } }, "keys.auth: must be 16 bytes"],
    [{ rules: ["a", "a"].map((id) => ({ id, ...RULE })) }, "rules: has the same entry twice"],
    [
      { rules: ["a", "b", "c", "d", "e", "f"].map((id) => ({ id, ...RULE })) },
      "rules: has more than 5 rules",
    ],
    [{ rules: [{ id: "a", ...RULE, channels: ["tg"] }] }, "rules: a rule of a browser has no channels"],
  ] as const)("[RT49] a subscription: %j", ([patch, fault], { expect }) => {
    const found = faultOf(SubscriptionBody, { ...SUBSCRIPTION, ...patch });
    expect(fault === null ? found : found?.startsWith(fault)).toBe(fault === null ? null : true);
  });
});

describe("an event on the wire", () => {
  it("[RT47] has what its kind has, and null for the rest", ({ expect }) => {
    const base = {
      id: "x",
      exchange: "KRX",
      day: dayOf("2025-06-13"),
      at: Date.UTC(2025, 5, 13, 1, 0),
    } as const;
    const near = makeAlert({ ...base, kind: "near", signalId: "005930.20250128.20250415", within: 2 });
    const signal = encodeAlertEvent(7, near);
    expect(v.parse(AlertEventRow, signal)).toMatchObject({
      position: 7,
      kind: "near",
      day: "2025-06-13",
      at: "2025-06-13T10:00:00.000+09:00",
      signal_id: "005930.20250128.20250415",
      romanised: "Hanbitjeonja",
      within: 2,
      from: null,
      of: null,
    });
    const others = [
      encodeAlertEvent(8, { ...base, kind: "gate", from: "GREEN", to: "RED" }),
      encodeAlertEvent(9, { ...base, kind: "feed_stale" }),
      encodeAlertEvent(10, { ...base, kind: "withdrawn", of: "k" }),
    ].map((row) => v.parse(AlertEventRow, row));
    expect(others.map(({ from, to, of, price, ticker }) => [from, to, of, price, ticker])).toEqual([
      ["GREEN", "RED", null, null, null],
      [null, null, null, null, null],
      [null, null, "k", null, null],
    ]);
  });
});
