/** What this device notifies its reader of: rules of the shape that the owner's have, with the device's own channels. */
import * as v from "valibot";
import { ALERT_KINDS, NEAR_STEPS } from "../../../worker/core/alerts/alert-event.ts";
import type { AlertRule } from "../../../worker/core/alerts/alert-rule.ts";
import { isTimeZone } from "../../../worker/core/alerts/quiet-hours.ts";
import { isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import { GradeName, MarketName } from "../../../worker/protocol/vocabulary.ts";
import type { Device } from "../device/device.ts";
import type { RecordPlace } from "../device/kept.ts";
import { placeOf } from "../device/place.ts";
import { createRecord, type DeviceRecord } from "../device/record.ts";
import { STARRED } from "../device/stars.ts";
import { watchListsOf } from "../watch/watch-lists.ts";

export const ALERTS_KEY = "vcp.alerts";

/** In the order of the form: in the open page, with a tone, over other windows, and by the server where no page is open. */
export const DEVICE_CHANNELS = ["page", "sound", "notification", "push"] as const;
export type DeviceChannel = (typeof DEVICE_CHANNELS)[number];

/** The tickers of a list are read when the rule is applied, and stored with no rule. */
export interface DeviceRule extends AlertRule {
  readonly channels: readonly DeviceChannel[];
}

/** As many as the server takes of one browser. */
export const MAX_RULES = 5;
/** UTF-16 units of a name. */
export const MAX_RULE_NAME = 60;
/** Minutes. */
const MAX_COOLDOWN = 1_440;

const MinuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_439));

const Scope = v.variant("kind", [
  v.object({ kind: v.literal("all") }),
  v.object({ kind: v.literal("market"), market: MarketName }),
  v.object({ kind: v.literal("grade"), least: GradeName }),
  v.pipe(
    v.object({ kind: v.literal("tickers"), from: v.pipe(v.string(), v.regex(/^[a-z0-9]{1,16}$/)) }),
    v.transform((scope): AlertRule["scope"] => ({ ...scope, tickers: [] })),
  ),
]);

const StoredRule = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/)),
  name: v.pipe(v.string(), v.maxLength(MAX_RULE_NAME)),
  isOn: v.boolean(),
  kinds: v.pipe(v.array(v.picklist(ALERT_KINDS)), v.minLength(1), v.maxLength(ALERT_KINDS.length)),
  within: v.picklist(NEAR_STEPS),
  scope: Scope,
  cooldown: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_COOLDOWN)),
  quiet: v.nullable(
    v.object({ from: MinuteOfDay, until: MinuteOfDay, zone: v.pipe(v.string(), v.check(isTimeZone)) }),
  ),
  digest: v.boolean(),
  onlyOpen: v.boolean(),
  language: v.picklist(["ko", "en"]),
  channels: v.pipe(v.array(v.picklist(DEVICE_CHANNELS)), v.maxLength(DEVICE_CHANNELS.length)),
});

const StoredRules = v.object({
  version: v.literal(1),
  rules: v.pipe(v.array(StoredRule), v.maxLength(MAX_RULES)),
});

export type AlertRules = DeviceRecord<readonly DeviceRule[]>;

export function createAlertRules(place: RecordPlace): AlertRules {
  return createRecord<readonly DeviceRule[]>(place, {
    key: ALERTS_KEY,
    empty: [],
    schema: v.pipe(
      StoredRules,
      v.transform(({ rules }) => rules),
    ),
    encode: (rules) => ({ version: 1, rules }),
  });
}

const made = new WeakMap<Device, AlertRules>();

/** One for the page. */
export function alertRulesOf(device: Device): AlertRules {
  const rules = made.get(device) ?? createAlertRules(placeOf(device));
  made.set(device, rules);
  return rules;
}

/** Nights in Seoul, when nothing of a real exchange happens that cannot wait. */
const NIGHT = { from: 20 * 60, until: 7 * 60 + 30, zone: "Asia/Seoul" } as const;

const USUAL = {
  name: "",
  isOn: true,
  within: 3,
  cooldown: 10,
  quiet: null,
  digest: false,
  onlyOpen: false,
  channels: ["page"],
} as const satisfies Partial<DeviceRule>;

const OF_STARS = { kind: "tickers", from: STARRED, tickers: [] } as const;

/** What a rule can begin with, the usual one first; the reader's own with the least that a rule can have. */
export const TEMPLATES = {
  starred: { scope: OF_STARS, kinds: ["touched", "confirmed", "failed"] },
  near: { scope: OF_STARS, kinds: ["near"] },
  best: { scope: { kind: "grade", least: "A" }, kinds: ["new", "confirmed"] },
  market: { scope: { kind: "all" }, kinds: ["gate", "scan_overdue", "feed_stale"] },
  own: { scope: { kind: "all" }, kinds: ["confirmed"] },
} as const satisfies Readonly<Record<string, Pick<AlertRule, "scope" | "kinds">>>;
export type TemplateName = keyof typeof TEMPLATES;

const OFFERED = ["starred", "near", "best", "market"] as const satisfies readonly TemplateName[];

/** A scope as one text, a list by its id: `grade:A`. */
export function scopeValue(scope: AlertRule["scope"]): string {
  switch (scope.kind) {
    case "all":
      return "all";
    case "market":
      return `market:${scope.market}`;
    case "grade":
      return `grade:${scope.least}`;
    case "tickers":
      return `tickers:${scope.from}`;
    default:
      return scope satisfies never;
  }
}

function covers(rule: AlertRule, { scope, kinds }: Pick<AlertRule, "scope" | "kinds">): boolean {
  return scopeValue(rule.scope) === scopeValue(scope) && kinds.every((kind) => rule.kinds.includes(kind));
}

/** Whose events none of `rules` names, on or off, and after them the reader's own. */
export function templatesFor(rules: readonly AlertRule[]): readonly TemplateName[] {
  return [...OFFERED.filter((name) => !rules.some((rule) => covers(rule, TEMPLATES[name]))), "own"];
}

interface Place {
  readonly exchange: Exchange | null;
  readonly language: AlertRule["language"];
  /** Whether the device is subscribed to push: a new rule then asks for it. */
  readonly isPushed?: boolean;
}

/** A made-up market moves at night too, and its reader wants to see that. */
export function ruleFrom(
  name: TemplateName,
  id: string,
  { exchange, language, isPushed = false }: Place,
): DeviceRule {
  const quiet = isSimulated(exchange) ? null : NIGHT;
  const channels: DeviceRule["channels"] = isPushed ? [...USUAL.channels, "push"] : USUAL.channels;
  return { ...USUAL, ...TEMPLATES[name], id, quiet, language, channels };
}

/** The same rules where it is there; one more than {@link MAX_RULES} is left out. */
export function withRule(rules: readonly DeviceRule[], rule: DeviceRule): readonly DeviceRule[] {
  if (rules.some(({ id }) => id === rule.id)) {
    return rules.map((one) => (one.id === rule.id ? rule : one));
  }
  return rules.length < MAX_RULES ? [...rules, rule] : rules;
}

export function withoutRule(rules: readonly DeviceRule[], id: string): readonly DeviceRule[] {
  return rules.filter((one) => one.id !== id);
}

/** For the usual rule, which a press of the key turns on. */
const STARRED_RULE = "starred";

/** On what is starred, as the reader has set it: the rule of that scope that is there, or the usual one. */
export function withStarsOn(rules: readonly DeviceRule[], place: Place): readonly DeviceRule[] {
  const isOfStars = ({ scope }: DeviceRule): boolean => scope.kind === "tickers" && scope.from === STARRED;
  const known = rules.find((rule) => isOfStars(rule) && rule.isOn) ?? rules.find(isOfStars);
  return withRule(
    rules,
    known === undefined ? ruleFrom("starred", STARRED_RULE, place) : { ...known, isOn: true },
  );
}

/** The tickers of a list of the device by its id; `null` where it has none of that id. Reactive. */
export function listTickers(from: string, device: Device): readonly string[] | null {
  return from === STARRED
    ? [...device.stars.all()]
    : (watchListsOf(device)
        .get(from)
        ?.entries.map(({ ticker }) => ticker) ?? null);
}

/** With the tickers that its list has now. Reactive. */
export function appliedRule(rule: DeviceRule, device: Device): DeviceRule {
  const { scope } = rule;
  return scope.kind === "tickers"
    ? { ...rule, scope: { ...scope, tickers: listTickers(scope.from, device) ?? [] } }
    : rule;
}
