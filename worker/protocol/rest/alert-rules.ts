/** A rule of alerts on the wire, of the owner and of a browser, and as the core applies it. */
import * as v from "valibot";
import { ALERT_KINDS, NEAR_STEPS } from "../../core/alerts/alert-event.ts";
import type { AlertRule, AlertScope } from "../../core/alerts/alert-rule.ts";
import { isTimeZone } from "../../core/alerts/quiet-hours.ts";
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import { GradeName, MarketName } from "../vocabulary.ts";

/** UTF-16 units of a name. */
const MOST_RULE_NAME = 60;
/** Minutes. */
const MOST_COOLDOWN = 1_440;
/** Tickers of one rule. */
export const MOST_RULE_TICKERS = 500;
/** Rules of one browser. */
const MOST_BROWSER_RULES = 5;
/** Channels of the owner. */
const MOST_CHANNELS = 10;

const ID = "must be 1 to 32 of a-z, 0-9 and -";
/** Of a rule and of a channel, chosen by whoever makes it. */
export const AlertId = v.pipe(v.string(ID), v.regex(/^[a-z0-9-]{1,32}$/, ID));

function areUnique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}
const TWICE = "has the same entry twice";

/** A list in which nothing stands twice. */
function setOf<T extends v.GenericSchema>(
  item: T,
  least: number,
  most: number,
  what: string,
): v.GenericSchema<v.InferInput<T>[], v.InferOutput<T>[]> {
  return v.pipe(
    v.array(item),
    v.minLength(least, `must name some ${what}`),
    v.maxLength(most, `has more than ${most} ${what}`),
    v.check((all) => areUnique(all), TWICE),
  );
}

/** One line of text. */
export function nameOf(most: number): v.GenericSchema<string> {
  return v.pipe(
    v.string(),
    v.maxLength(most, `has more than ${most} characters`),
    v.check((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), "must be one line of text"),
  );
}

const CLOCK = "must be a time of the day such as 22:30";
const TimeOfDay = v.pipe(v.string(CLOCK), v.regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, CLOCK));

const QuietHours = v.strictObject({
  from: TimeOfDay,
  until: TimeOfDay,
  zone: v.pipe(v.string(), v.maxLength(64), v.check(isTimeZone, "must be a time zone such as Asia/Seoul")),
});

const Scope = v.variant("kind", [
  v.strictObject({ kind: v.literal("all") }),
  v.strictObject({ kind: v.literal("market"), market: MarketName }),
  v.strictObject({ kind: v.literal("grade"), least: GradeName }),
  v.strictObject({
    kind: v.literal("tickers"),
    /** `starred`, or the list of the device that the tickers came from. */
    from: v.pipe(v.string(), v.regex(/^[a-z0-9]{1,16}$/, "must be starred or the id of a list")),
    tickers: v.pipe(
      v.array(
        v.pipe(
          v.string(),
          v.maxLength(12),
          v.check((text) => exchangeOf(text.toUpperCase()) !== null, "must be a ticker such as 005930"),
        ),
      ),
      v.maxLength(MOST_RULE_TICKERS, `has more than ${MOST_RULE_TICKERS} tickers`),
      v.check((all) => areUnique(all.map((text) => text.toUpperCase())), TWICE),
    ),
  }),
]);

const ENTRIES = {
  name: nameOf(MOST_RULE_NAME),
  on: v.boolean(),
  kinds: setOf(v.picklist(ALERT_KINDS), 1, ALERT_KINDS.length, "events"),
  /** For `near`: per cent below the pivot. */
  within: v.picklist(NEAR_STEPS),
  scope: Scope,
  /** Minutes in which the same share and event makes no further alert. */
  cooldown: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MOST_COOLDOWN)),
  /** What happens in these hours is sent at their end; `null` for none. Equal times are the whole day. */
  quiet: v.nullable(QuietHours),
  /** One message after the close in place of each. */
  digest: v.boolean(),
  /** What happens outside the regular session is left out. */
  only_open: v.boolean(),
  language: v.picklist(["ko", "en"]),
  /** Ids of the owner's channels; none in a rule of a browser. */
  channels: setOf(AlertId, 0, MOST_CHANNELS, "channels"),
};

/** What PUT takes: the id stands in the address. */
export const AlertRuleBody = v.strictObject(ENTRIES);
export type AlertRuleBody = v.InferOutput<typeof AlertRuleBody>;

/** A rule with its id, in answers and among the rules of a browser. */
export const AlertRuleRow = v.strictObject({ id: AlertId, ...ENTRIES });
export type AlertRuleRow = v.InferOutput<typeof AlertRuleRow>;

/** The rules of one browser, each by its own id. */
export const BrowserRules = v.pipe(
  v.array(AlertRuleRow),
  v.maxLength(MOST_BROWSER_RULES, `has more than ${MOST_BROWSER_RULES} rules`),
  v.check((rules) => areUnique(rules.map(({ id }) => id)), TWICE),
  v.check(
    (rules) => rules.every(({ channels }) => channels.length === 0),
    "a rule of a browser has no channels of the owner",
  ),
);

const HOUR = 60;

function minuteOf(text: string): number {
  const [hours, minutes] = text.split(":").map(Number);
  return (hours ?? 0) * HOUR + (minutes ?? 0);
}

function clockOf(minute: number): string {
  return [Math.floor(minute / HOUR), minute % HOUR].map((n) => String(n).padStart(2, "0")).join(":");
}

/** A rule that its schema has taken; tickers in upper case. */
export function decodeRule(id: string, body: AlertRuleBody): AlertRule {
  const { name, kinds, within, cooldown, quiet, digest, language, channels } = body;
  return {
    id,
    name,
    isOn: body.on,
    kinds,
    within,
    scope: decodeScope(body.scope),
    cooldown,
    quiet: quiet && { from: minuteOf(quiet.from), until: minuteOf(quiet.until), zone: quiet.zone },
    digest,
    onlyOpen: body.only_open,
    language,
    channels,
  };
}

function decodeScope(scope: AlertRuleBody["scope"]): AlertScope {
  return scope.kind === "tickers"
    ? { ...scope, tickers: scope.tickers.map((text) => text.toUpperCase()) }
    : scope;
}

export function encodeRule(rule: AlertRule): AlertRuleRow {
  const { id, name, kinds, within, scope, cooldown, quiet, digest, language, channels } = rule;
  return {
    id,
    name,
    on: rule.isOn,
    kinds: [...kinds],
    within,
    scope: scope.kind === "tickers" ? { ...scope, tickers: [...scope.tickers] } : scope,
    cooldown,
    quiet: quiet && { from: clockOf(quiet.from), until: clockOf(quiet.until), zone: quiet.zone },
    digest,
    only_open: rule.onlyOpen,
    language,
    channels: [...channels],
  };
}
