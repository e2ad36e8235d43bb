/** What the server has sent in the owner's name, of one rule or of all: what arrived, what did not and why, and when it is tried again. */
import { createSignal, createUniqueId, For, type JSX, Show, untrack } from "solid-js";
import type { AlertRule } from "../../../../worker/core/alerts/alert-rule.ts";
import type { ChannelRow, DeliveryRow } from "../../../../worker/protocol/rest/alerts.ts";
import { reasonText } from "../../../i18n/alert-reasons.ts";
import { createDeliveries } from "../../../store/alerts/owner-alerts.ts";
import type { Remote } from "../../../store/remote.ts";
import { useScopeLabel } from "../../alerts/rule-text.ts";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";
import { useApp } from "../../app-context.tsx";
import { RemoteState } from "../ui/remote-state.tsx";

interface Known {
  readonly rules: readonly AlertRule[];
  readonly channels: readonly ChannelRow[];
}

const ALL = "";

/** As its list of rules names it. */
function RuleName(props: { rule: AlertRule }): JSX.Element {
  const scope = useScopeLabel(() => props.rule);
  return <>{props.rule.name || scope()}</>;
}

function Delivery(props: Known & { delivery: DeliveryRow }): JSX.Element {
  const { format, locale } = useApp();
  const texts = useOwnerAlertTexts();
  const channel = (): string => {
    const { channel: id, state } = props.delivery;
    const found = props.channels.find((one) => one.id === id);
    return found ? found.name || found.hint : state === "gathering" || id === "" ? "" : texts().goneChannel;
  };
  const state = (): string =>
    props.delivery.state === "waiting" && props.delivery.attempts > 0
      ? texts().again
      : texts().delivery[props.delivery.state];
  const facts = (): string => {
    const { total, attempts, created_at: created, sent_at: sent, next_at: next } = props.delivery;
    return [
      channel(),
      texts().events(format().integer(total)),
      attempts > 0 ? texts().attempts(format().integer(attempts)) : "",
      sent === null ? texts().createdAt(format().time(created)) : texts().sentAt(format().time(sent)),
      next === null ? "" : texts().nextAt(format().time(next)),
    ]
      .filter((part) => part !== "")
      .join(" · ");
  };
  const rule = (): AlertRule | undefined => props.rules.find(({ id }) => id === props.delivery.rule);
  return (
    <li data-state={props.delivery.state}>
      <div class="state-head">
        <h3>{props.delivery.title ?? texts().deliveryKind[props.delivery.kind]}</h3>
        <span
          class={`end ${props.delivery.state === "dead" ? "state-bad" : props.delivery.state === "sent" ? "state-good" : ""}`}
        >
          <span class="state-word">{state()}</span>
        </span>
      </div>
      <p class="muted">
        <Show when={rule()} fallback={texts().goneRule}>
          {(known) => <RuleName rule={known()} />}
        </Show>{" "}
        · {facts()}
      </p>
      <Show when={props.delivery.reason}>
        {(reason) => <p>{texts().reason(reasonText(reason(), locale()))}</p>}
      </Show>
    </li>
  );
}

/** Exported for the gallery. */
export function DeliveryList(props: Known & { remote: Remote<readonly DeliveryRow[]> }): JSX.Element {
  const texts = useOwnerAlertTexts();
  return (
    <>
      <RemoteState remote={props.remote} rows={3} />
      <Show when={props.remote.value()}>
        {(deliveries) => (
          <Show when={deliveries().length > 0} fallback={<p class="muted">{texts().noLog}</p>}>
            <ul class="state-list">
              <For each={deliveries()}>
                {(delivery) => <Delivery delivery={delivery} rules={props.rules} channels={props.channels} />}
              </For>
            </ul>
          </Show>
        )}
      </Show>
    </>
  );
}

/** Asks once, and again at a press: another choice is another list. */
function Deliveries(props: Known & { rule: string | null }): JSX.Element {
  const texts = useOwnerAlertTexts();
  const remote = createDeliveries(untrack(() => props.rule));
  return (
    <>
      <p>
        <button
          type="button"
          class="action"
          aria-disabled={remote.busy()}
          onClick={() => void remote.reload()}
        >
          {texts().refresh}
        </button>
      </p>
      <DeliveryList remote={remote} rules={props.rules} channels={props.channels} />
    </>
  );
}

function RuleOption(props: { rule: AlertRule; chosen: string }): JSX.Element {
  return (
    <option value={props.rule.id} selected={props.rule.id === props.chosen}>
      <RuleName rule={props.rule} />
    </option>
  );
}

export function DeliverySection(props: Known): JSX.Element {
  const texts = useOwnerAlertTexts();
  const [rule, setRule] = createSignal(ALL);
  const id = createUniqueId();
  return (
    <section class="card" id="owner-log" aria-labelledby="alerts-owner-log">
      <h2 id="alerts-owner-log">{texts().log}</h2>
      <Show when={props.rules.length > 0}>
        <label class="view-link" for={id}>
          {texts().logOf}
        </label>
        <select
          id={id}
          value={rule()}
          onChange={(event) => {
            setRule(event.currentTarget.value);
          }}
        >
          <option value={ALL}>{texts().allRules}</option>
          <For each={props.rules}>{(one) => <RuleOption rule={one} chosen={rule()} />}</For>
        </select>
      </Show>
      <Show when={{ rule: rule() || null }} keyed>
        {(chosen) => <Deliveries rule={chosen.rule} rules={props.rules} channels={props.channels} />}
      </Show>
    </section>
  );
}
