/** The owner's rules on the server: each on or off at a press, changed in its place when it is saved, deleted with a way back. */
import { createSignal, For, type JSX, Show, untrack } from "solid-js";
import type { AlertRule } from "../../../../worker/core/alerts/alert-rule.ts";
import type { ChannelRow } from "../../../../worker/protocol/rest/alerts.ts";
import {
  createAction,
  listDifference,
  newOwnerRule,
  withChannelsOf,
  withListOf,
} from "../../../store/alerts/owner-alerts.ts";
import { deleteRule, MAX_OWNER_RULES, saveRule } from "../../../store/alerts/owner-requests.ts";
import { ruleLine, useScopeLabel } from "../../alerts/rule-text.ts";
import { useAlertPageTexts, useAlertTexts } from "../../alerts/use-texts.ts";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";
import { RemovedRule } from "../alerts/removed-rule.tsx";
import { RuleToggle } from "../alerts/rule-toggle.tsx";
import { Folded } from "./folded.tsx";
import { OwnerRuleForm } from "./owner-rule-form.tsx";
import { RequestFailure } from "./request-failure.tsx";

interface Known {
  readonly channels: readonly ChannelRow[];
  readonly onChanged: () => Promise<void>;
}

interface Adding extends Known {
  readonly rules: readonly AlertRule[];
}

/** Where it is sent; what the rule names and is there no more is left out. */
function useWays(rule: () => AlertRule, channels: () => readonly ChannelRow[]): () => string {
  const texts = useOwnerAlertTexts();
  return () =>
    channels()
      .filter(({ id }) => rule().channels.includes(id))
      .map(({ name, hint }) => name || hint)
      .join(", ") || texts().noChannelOf;
}

/** Of a rule of a list: how many shares the server follows, and that the list of the device has others. */
function Followed(props: { rule: AlertRule; onTake: () => void }): JSX.Element {
  const { device, format } = useApp();
  const texts = useOwnerAlertTexts();
  return (
    <Show when={listDifference(props.rule, device)}>
      {(counts) => (
        <p class="notice">
          {texts().listDiffers(format().integer(counts().server), format().integer(counts().device))}{" "}
          <button
            type="button"
            class="action"
            onClick={() => {
              props.onTake();
            }}
          >
            {texts().takeList}
          </button>
        </p>
      )}
    </Show>
  );
}

function RuleFacts(props: { rule: AlertRule; channels: readonly ChannelRow[] }): JSX.Element {
  const { format } = useApp();
  const page = useAlertPageTexts();
  const alert = useAlertTexts();
  const scope = useScopeLabel(() => props.rule);
  const ways = useWays(
    () => props.rule,
    () => props.channels,
  );
  const about = (): string => {
    const { name, scope: own } = props.rule;
    return own.kind === "tickers"
      ? `${scope()} (${page().tickers(format().integer(own.tickers.length))})`
      : name === ""
        ? ""
        : scope();
  };
  return (
    <p class="muted">
      {ruleLine(props.rule, about(), { page: page(), alert: alert() })} · {ways()}
    </p>
  );
}

function RuleItem(
  props: Known & { rule: AlertRule; onRemove: (rule: AlertRule) => Promise<void> },
): JSX.Element {
  const { device } = useApp();
  const page = useAlertPageTexts();
  const texts = useOwnerAlertTexts();
  const scope = useScopeLabel(() => props.rule);
  const action = createAction();
  const title = (): string => props.rule.name || scope();
  async function save(rule: AlertRule): Promise<void> {
    await saveRule(withChannelsOf(rule, props.channels));
    await props.onChanged();
  }
  async function toggle(): Promise<void> {
    await save({ ...props.rule, isOn: !props.rule.isOn });
  }
  async function takeList(): Promise<void> {
    await save(withListOf(props.rule, device));
  }
  async function remove(): Promise<void> {
    await props.onRemove(props.rule);
  }
  return (
    <li>
      <div class="state-head">
        <h3>{title()}</h3>
        <RuleToggle rule={props.rule} title={title()} onToggle={() => void action.run(toggle)} />
      </div>
      <RuleFacts rule={props.rule} channels={props.channels} />
      <Followed rule={props.rule} onTake={() => void action.run(takeList)} />
      <RequestFailure lead={texts().notDone} failure={action.failure()} />
      <Folded summary={page().edit} label={`${page().edit}: ${title()}`}>
        {(close) => (
          <>
            <OwnerRuleForm rule={props.rule} channels={props.channels} onSave={save} onDone={close} />
            <button type="button" class="action" onClick={() => void action.run(remove)}>
              {page().remove}
            </button>
          </>
        )}
      </Folded>
    </li>
  );
}

function NewRule(props: Adding & { onDone: () => void }): JSX.Element {
  const { locale } = useApp();
  const { exchange } = useMarket();
  // Kept over attempts: one whose answer was lost made the rule all the same.
  const rule = untrack(() =>
    newOwnerRule({ exchange: exchange.active(), language: locale() }, props.channels, props.rules),
  );
  async function save(typed: AlertRule): Promise<void> {
    await saveRule(typed);
    await props.onChanged();
  }
  return <OwnerRuleForm rule={rule} channels={props.channels} onSave={save} onDone={props.onDone} />;
}

function AddRule(props: Adding): JSX.Element {
  const texts = useOwnerAlertTexts();
  return <Folded summary={texts().addRule}>{(close) => <NewRule {...props} onDone={close} />}</Folded>;
}

export function OwnerRules(props: Adding): JSX.Element {
  const texts = useOwnerAlertTexts();
  const [removed, setRemoved] = createSignal<AlertRule | null>(null);
  // Takes the focus of what goes away at a press.
  const [head, setHead] = createSignal<HTMLHeadingElement>();
  const action = createAction();
  async function remove(rule: AlertRule): Promise<void> {
    await deleteRule(rule.id);
    await props.onChanged();
    setRemoved(rule);
  }
  async function bringBack(): Promise<void> {
    const rule = removed();
    if (rule !== null) {
      await saveRule(withChannelsOf(rule, props.channels));
      await props.onChanged();
      setRemoved(null);
      head()?.focus();
    }
  }
  return (
    <section class="card" id="owner-rules" aria-labelledby="alerts-owner-rules">
      <h2 id="alerts-owner-rules" tabindex={-1} ref={setHead}>
        {texts().rules}
      </h2>
      <Show when={props.rules.length === 0}>
        <p>{texts().noRules}</p>
      </Show>
      <ul class="state-list">
        {/* By id: a rule that changes keeps its form, and the form what is typed. */}
        <For each={props.rules.map(({ id }) => id)}>
          {(id) => (
            <Show when={props.rules.find((rule) => rule.id === id)}>
              {(rule) => (
                <RuleItem
                  rule={rule()}
                  channels={props.channels}
                  onChanged={props.onChanged}
                  onRemove={remove}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
      <RemovedRule isShown={removed() !== null} onBack={() => void action.run(bringBack)} />
      <RequestFailure lead={texts().notDone} failure={action.failure()} />
      <Show when={props.rules.length < MAX_OWNER_RULES} fallback={<p class="muted">{texts().fullRules}</p>}>
        <Show when={props.channels.length > 0} fallback={<p class="muted">{texts().channelsFirst}</p>}>
          <AddRule rules={props.rules} channels={props.channels} onChanged={props.onChanged} />
        </Show>
      </Show>
    </section>
  );
}
