/** What a rule asks for, each choice as a control: of a device at once as it is changed, of the owner until it is saved. */
import { createMemo, For, type JSX, Show } from "solid-js";
import { ALERT_KINDS, NEAR_STEPS } from "../../../../worker/core/alerts/alert-event.ts";
import type { AlertRule } from "../../../../worker/core/alerts/alert-rule.ts";
import { MAX_RULE_NAME, scopeValue } from "../../../store/alerts/device-rules.ts";
import { useApp } from "../../app-context.tsx";
import { clockOf, minutesOf, SEOUL, useScopeChoices, zoneName } from "../../alerts/rule-text.ts";
import { useAlertPageTexts, useAlertTexts } from "../../alerts/use-texts.ts";

const COOLDOWNS = [0, 5, 10, 30, 60, 240, 1_440] as const;
/** 22:00 to 07:00. */
const NIGHT = { from: 1_320, until: 420 } as const;

/** A way in which a rule is shown, by the id that it has in the rule. */
export interface ChannelChoice {
  readonly id: string;
  readonly label: string;
}

export type RuleChange = Partial<Omit<AlertRule, "id">>;

interface Props {
  readonly rule: AlertRule;
  readonly channels: readonly ChannelChoice[];
  readonly onChange: (change: RuleChange) => void;
}

/** In the order of `all`, with or without one. */
function toggled<T>(all: readonly T[], now: readonly T[], one: T): readonly T[] {
  return all.filter((each) => (each === one ? !now.includes(each) : now.includes(each)));
}

function Check(props: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onToggle: () => void;
}): JSX.Element {
  return (
    <label>
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        onChange={() => {
          props.onToggle();
        }}
      />
      {props.label}
    </label>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}

function Select(props: SelectProps): JSX.Element {
  return (
    <label class="view-link">
      {props.label}
      <select
        value={props.value}
        onChange={(event) => {
          props.onChoose(event.currentTarget.value);
        }}
      >
        <For each={props.options}>
          {(option) => (
            <option value={option.value} selected={option.value === props.value}>
              {option.label}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}

function Kinds(props: Props): JSX.Element {
  const texts = useAlertTexts();
  const pageTexts = useAlertPageTexts();
  const { format } = useApp();
  return (
    <fieldset>
      <legend>{pageTexts().kinds}</legend>
      <div class="alert-checks">
        <For each={ALERT_KINDS}>
          {(kind) => (
            <Check
              label={texts().kinds[kind]}
              checked={props.rule.kinds.includes(kind)}
              // A rule without a kind would ask for nothing.
              disabled={props.rule.kinds.length === 1 && props.rule.kinds.includes(kind)}
              onToggle={() => {
                props.onChange({ kinds: toggled(ALERT_KINDS, props.rule.kinds, kind) });
              }}
            />
          )}
        </For>
      </div>
      <Show when={props.rule.kinds.includes("near")}>
        <Select
          label={pageTexts().within}
          value={String(props.rule.within)}
          options={NEAR_STEPS.map((step) => ({
            value: String(step),
            label: pageTexts().withinOf(format().share(step / 100)),
          }))}
          onChoose={(value) => {
            props.onChange({ within: NEAR_STEPS.find((step) => String(step) === value) ?? 3 });
          }}
        />
      </Show>
    </fieldset>
  );
}

function Channels(props: Props): JSX.Element {
  const pageTexts = useAlertPageTexts();
  const ids = (): readonly string[] => props.channels.map(({ id }) => id);
  return (
    <fieldset>
      <legend>{pageTexts().channels}</legend>
      <div class="alert-checks">
        <For each={props.channels}>
          {({ id, label }) => (
            <Check
              label={label}
              checked={props.rule.channels.includes(id)}
              onToggle={() => {
                props.onChange({ channels: toggled(ids(), props.rule.channels, id) });
              }}
            />
          )}
        </For>
      </div>
    </fieldset>
  );
}

function QuietTimes(props: Props & { quiet: NonNullable<AlertRule["quiet"]> }): JSX.Element {
  const pageTexts = useAlertPageTexts();
  const zones = createMemo(() => [
    ...new Set([SEOUL, Intl.DateTimeFormat().resolvedOptions().timeZone, props.quiet.zone]),
  ]);
  const set = (change: Partial<typeof props.quiet>): void => {
    props.onChange({ quiet: { ...props.quiet, ...change } });
  };
  return (
    <div class="alert-fields">
      <For each={["from", "until"] as const}>
        {(end) => (
          <label class="view-link">
            {end === "from" ? pageTexts().quietFrom : pageTexts().quietUntil}
            <input
              type="time"
              value={clockOf(props.quiet[end])}
              onChange={(event) => {
                const minutes = minutesOf(event.currentTarget.value);
                if (minutes !== null) {
                  set({ [end]: minutes });
                }
              }}
            />
          </label>
        )}
      </For>
      <Select
        label={pageTexts().zone}
        value={props.quiet.zone}
        options={zones().map((zone) => ({ value: zone, label: zoneName(zone) }))}
        onChoose={(zone) => {
          set({ zone });
        }}
      />
    </div>
  );
}

function Times(props: Props): JSX.Element {
  const pageTexts = useAlertPageTexts();
  return (
    <fieldset>
      <legend>{pageTexts().when}</legend>
      <Check
        label={pageTexts().quietHint}
        checked={props.rule.quiet !== null}
        onToggle={() => {
          props.onChange({ quiet: props.rule.quiet === null ? { ...NIGHT, zone: SEOUL } : null });
        }}
      />
      <Show when={props.rule.quiet}>{(quiet) => <QuietTimes {...props} quiet={quiet()} />}</Show>
      <Check
        label={pageTexts().digest}
        checked={props.rule.digest}
        onToggle={() => {
          props.onChange({ digest: !props.rule.digest });
        }}
      />
      <Check
        label={pageTexts().onlyOpen}
        checked={props.rule.onlyOpen}
        onToggle={() => {
          props.onChange({ onlyOpen: !props.rule.onlyOpen });
        }}
      />
    </fieldset>
  );
}

export function RuleForm(props: Props): JSX.Element {
  const pageTexts = useAlertPageTexts();
  const scopes = useScopeChoices(() => props.rule.scope);
  const cooldowns = (): readonly number[] =>
    [...new Set<number>([...COOLDOWNS, props.rule.cooldown])].toSorted((a, b) => a - b);
  // What is typed stays while another choice is made: some browsers state it only once the field is left.
  const name = createMemo(() => props.rule.name);
  return (
    <div class="alert-form">
      <div class="alert-fields">
        <label class="view-link">
          {pageTexts().name}
          <input
            type="text"
            maxLength={MAX_RULE_NAME}
            value={name()}
            onChange={(event) => {
              props.onChange({ name: event.currentTarget.value.trim() });
            }}
          />
        </label>
        <Select
          label={pageTexts().scope}
          value={scopeValue(props.rule.scope)}
          options={scopes()}
          onChoose={(value) => {
            const found = scopes().find((one) => one.value === value);
            if (found) {
              props.onChange({ scope: found.scope });
            }
          }}
        />
        <Select
          label={pageTexts().cooldown}
          value={String(props.rule.cooldown)}
          options={cooldowns().map((minutes) => ({
            value: String(minutes),
            label: pageTexts().cooldowns(String(minutes)),
          }))}
          onChoose={(value) => {
            props.onChange({ cooldown: Number(value) });
          }}
        />
      </div>
      <Kinds {...props} />
      <Channels {...props} />
      <Times {...props} />
    </div>
  );
}
