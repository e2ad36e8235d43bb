/** One rule of the owner while it is changed: nothing is sent before it is saved, and a save that fails keeps what was chosen. */
import { createSignal, For, type JSX, Show, untrack } from "solid-js";
import type { AlertRule } from "../../../../worker/core/alerts/alert-rule.ts";
import type { ChannelRow } from "../../../../worker/protocol/rest/alerts.ts";
import { listTickers } from "../../../store/alerts/device-rules.ts";
import { createAction, withChannelsOf, withListOf } from "../../../store/alerts/owner-alerts.ts";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";
import { useApp } from "../../app-context.tsx";
import { RuleForm } from "../alerts/rule-form.tsx";
import { RequestFailure } from "./request-failure.tsx";
import { SaveButtons } from "./save-buttons.tsx";

const LANGUAGES = ["ko", "en"] as const;

/** Of a rule of a list: which shares the server follows once it is saved. */
function Tickers(props: { rule: AlertRule }): JSX.Element {
  const { device, format } = useApp();
  const texts = useOwnerAlertTexts();
  const text = (): string | null => {
    const { scope } = props.rule;
    if (scope.kind !== "tickers") {
      return null;
    }
    const here = listTickers(scope.from, device);
    return here === null
      ? texts().keptTickers(format().integer(scope.tickers.length))
      : texts().sentTickers(format().integer(here.length));
  };
  return <Show when={text()}>{(shown) => <p class="muted">{shown()}</p>}</Show>;
}

/** A field that is not left yet has not stated its last letters: some browsers leave none at a press on a button. */
function stateTyped(form: HTMLFormElement): void {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement && form.contains(field)) {
    field.blur();
    field.focus();
  }
}

interface Props {
  readonly rule: AlertRule;
  readonly channels: readonly ChannelRow[];
  readonly onSave: (rule: AlertRule) => Promise<void>;
  readonly onDone: () => void;
}

export function OwnerRuleForm(props: Props): JSX.Element {
  const { device } = useApp();
  const texts = useOwnerAlertTexts();
  const [draft, setDraft] = createSignal(untrack(() => props.rule));
  const action = createAction();
  async function save(): Promise<void> {
    // On or off is no part of the form, and may have changed beside it.
    const typed = { ...draft(), isOn: props.rule.isOn };
    await props.onSave(withChannelsOf(withListOf(typed, device), props.channels));
  }
  async function submit(): Promise<void> {
    if (await action.run(save)) {
      props.onDone();
    }
  }
  return (
    <form
      class="alert-form"
      onSubmit={(event) => {
        event.preventDefault();
        stateTyped(event.currentTarget);
        void submit();
      }}
    >
      <RuleForm
        rule={draft()}
        channels={props.channels.map(({ id, name, hint }) => ({ id, label: name || hint }))}
        onChange={(change) => {
          setDraft((rule) => ({ ...rule, ...change }));
        }}
      />
      <Tickers rule={draft()} />
      <label class="view-link">
        {texts().language}
        <select
          onChange={(event) => {
            const language = LANGUAGES.find((one) => one === event.currentTarget.value);
            setDraft((rule) => ({ ...rule, language: language ?? rule.language }));
          }}
        >
          <For each={LANGUAGES}>
            {(language) => (
              <option value={language} selected={language === draft().language}>
                {texts().languages[language]}
              </option>
            )}
          </For>
        </select>
      </label>
      <RequestFailure lead={texts().notSaved} failure={action.failure()} />
      <SaveButtons isBusy={action.isBusy()} onCancel={props.onDone} />
    </form>
  );
}
