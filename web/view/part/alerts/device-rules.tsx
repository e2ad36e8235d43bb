/** The rules of this device, each on or off at a press and changed in its place; without one, what to begin with. */
import { createSignal, For, type JSX, Show } from "solid-js";
import {
  type AlertRules,
  alertRulesOf,
  DEVICE_CHANNELS,
  type DeviceRule,
  MAX_RULES,
  ruleFrom,
  type TemplateName,
  templatesFor,
  withoutRule,
  withRule,
} from "../../../store/alerts/device-rules.ts";
import { pushOf } from "../../../store/alerts/device-push.ts";
import { useApp } from "../../app-context.tsx";
import { shownPermission } from "../../alerts/browser-notice.ts";
import { ruleLine, useScopeLabel } from "../../alerts/rule-text.ts";
import { useAlertPageTexts, useAlertTexts } from "../../alerts/use-texts.ts";
import { useMarket } from "../../market-context.tsx";
import { RemovedRule } from "./removed-rule.tsx";
import { RuleToggle } from "./rule-toggle.tsx";
import { type ChannelChoice, type RuleChange, RuleForm } from "./rule-form.tsx";

/** In the order of the form; push where this device is subscribed. */
function useChannels(): () => readonly ChannelChoice[] {
  const { device } = useApp();
  const page = useAlertPageTexts();
  const push = pushOf(device);
  return () =>
    DEVICE_CHANNELS.filter((id) => id !== "push" || push.status() === "on").map((id) => ({
      id,
      label: page().channel[id],
    }));
}

function waysOf(rule: DeviceRule, choices: readonly ChannelChoice[]): string {
  return choices
    .filter(({ id }) => rule.channels.some((channel) => channel === id))
    .map(({ label }) => label)
    .join(", ");
}

/** The rule that the last press has made or brought back. */
interface Made {
  readonly id: string;
  /** Whether it is still to be filled in. */
  readonly isOpen: boolean;
}

/** Takes the focus of the button that went with the press. */
function begin(details: HTMLDetailsElement, { isOpen }: Made): void {
  details.open = isOpen;
  queueMicrotask(() => {
    details.querySelector("summary")?.focus();
  });
}

/** Leads to where the browser is asked. */
function NotAllowed(props: { rule: DeviceRule }): JSX.Element {
  const page = useAlertPageTexts();
  return (
    <Show when={props.rule.channels.includes("notification") && shownPermission() !== "granted"}>
      <p class="notice warn">
        {page().notAllowed} <a href="#device-channels">{page().device}</a>
      </p>
    </Show>
  );
}

function RuleItem(props: {
  rule: DeviceRule;
  made: Made | null;
  onChange: (change: RuleChange) => void;
  onRemove: () => void;
}): JSX.Element {
  const page = useAlertPageTexts();
  const alert = useAlertTexts();
  const scope = useScopeLabel(() => props.rule);
  const title = (): string => props.rule.name || scope();
  const channels = useChannels();
  return (
    <li>
      <div class="state-head">
        <h3>{title()}</h3>
        <RuleToggle
          rule={props.rule}
          title={title()}
          onToggle={() => {
            props.onChange({ isOn: !props.rule.isOn });
          }}
        />
      </div>
      <p class="muted">
        {ruleLine(props.rule, props.rule.name && scope(), { page: page(), alert: alert() })} ·{" "}
        {waysOf(props.rule, channels()) || page().listOnly}
      </p>
      <NotAllowed rule={props.rule} />
      <details
        class="alert-edit"
        ref={(details) => {
          if (props.made?.id === props.rule.id) {
            begin(details, props.made);
          }
        }}
      >
        <summary class="quiet" aria-label={`${page().edit}: ${title()}`}>
          {page().edit}
        </summary>
        <RuleForm
          rule={props.rule}
          channels={channels()}
          onChange={(change) => {
            props.onChange(change);
          }}
        />
        <button
          type="button"
          class="action"
          onClick={() => {
            props.onRemove();
          }}
        >
          {page().remove}
        </button>
      </details>
    </li>
  );
}

function isChannel(id: string): id is DeviceRule["channels"][number] {
  return DEVICE_CHANNELS.some((one) => one === id);
}

function changed(rule: DeviceRule, { channels, ...change }: RuleChange): DeviceRule {
  return { ...rule, ...change, channels: channels?.filter(isChannel) ?? rule.channels };
}

function Templates(props: {
  names: readonly TemplateName[];
  onPick: (name: TemplateName) => void;
}): JSX.Element {
  const page = useAlertPageTexts();
  return (
    <p class="list-tools picks">
      <For each={props.names}>
        {(name) => (
          <button
            type="button"
            class="action"
            onClick={() => {
              props.onPick(name);
            }}
          >
            {page().templates[name]}
          </button>
        )}
      </For>
    </p>
  );
}

/** That the storage refuses the rules, or could not be read. */
function Kept(props: { rules: AlertRules }): JSX.Element {
  const page = useAlertPageTexts();
  return (
    <>
      <Show when={props.rules.isAside()}>
        <p class="notice warn">{page().aside}</p>
      </Show>
      <Show when={!props.rules.isKept()}>
        <p class="notice warn">{page().notKept}</p>
      </Show>
    </>
  );
}

function RuleList(props: {
  rules: AlertRules;
  made: Made | null;
  onRemove: (rule: DeviceRule) => void;
}): JSX.Element {
  return (
    <ul class="state-list">
      {/* By id: a rule that changes keeps its form, and the form its focus. */}
      <For each={props.rules.value().map(({ id }) => id)}>
        {(id) => (
          <Show when={props.rules.value().find((rule) => rule.id === id)}>
            {(rule) => (
              <RuleItem
                rule={rule()}
                made={props.made}
                onChange={(change) => {
                  props.rules.change((now) => now.map((one) => (one.id === id ? changed(one, change) : one)));
                }}
                onRemove={() => {
                  props.onRemove(rule());
                }}
              />
            )}
          </Show>
        )}
      </For>
    </ul>
  );
}

export function DeviceRules(): JSX.Element {
  const { device, locale } = useApp();
  const { exchange } = useMarket();
  const page = useAlertPageTexts();
  const rules = alertRulesOf(device);
  const isPushed = (): boolean => pushOf(device).status() === "on";
  const [removed, setRemoved] = createSignal<DeviceRule | null>(null);
  const [made, setMade] = createSignal<Made | null>(null);
  function add(name: TemplateName): void {
    const id = crypto.randomUUID().slice(0, 8);
    const place = { exchange: exchange.active(), language: locale(), isPushed: isPushed() };
    setMade({ id, isOpen: name === "own" });
    rules.change((now) => withRule(now, ruleFrom(name, id, place)));
  }
  function bringBack(): void {
    const rule = removed();
    if (rule !== null) {
      setMade({ id: rule.id, isOpen: false });
      rules.change((now) => withRule(now, rule));
      setRemoved(null);
    }
  }
  return (
    <section class="card" id="rules" aria-labelledby="alerts-rules">
      <h2 id="alerts-rules">{page().rules}</h2>
      <Kept rules={rules} />
      <Show when={rules.value().length === 0}>
        <p>{page().none}</p>
      </Show>
      <RuleList
        rules={rules}
        made={made()}
        onRemove={(rule) => {
          setRemoved(rule);
          rules.change((now) => withoutRule(now, rule.id));
        }}
      />
      <RemovedRule isShown={removed() !== null} onBack={bringBack} />
      <Show when={rules.value().length < MAX_RULES} fallback={<p class="muted">{page().full}</p>}>
        <h3>{page().add}</h3>
        <Templates names={templatesFor(rules.value())} onPick={add} />
      </Show>
    </section>
  );
}
