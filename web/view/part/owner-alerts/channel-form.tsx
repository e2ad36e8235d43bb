/** One channel while it is typed: what is secret is written and never read, a wrong field is named, and a save that fails keeps all of it. */
import { createSignal, createUniqueId, For, type JSX, Show, untrack } from "solid-js";
import type { ChannelBody } from "../../../../worker/protocol/rest/alerts.ts";
import type { OwnerAlertTexts } from "../../../i18n/owner-alert-texts.ts";
import {
  bodyOf,
  type ChannelDraft,
  type ChannelField,
  isSecretOfUse,
} from "../../../store/alerts/channel-draft.ts";
import { createAction } from "../../../store/alerts/owner-alerts.ts";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";
import { RequestFailure } from "./request-failure.tsx";
import { SaveButtons } from "./save-buttons.tsx";

const TEMPLATES = ["raw", "discord", "slack"] as const;
const LENGTHS = { name: 60, chatId: 65, token: 121, url: 2_000, secret: 200 } as const satisfies Readonly<
  Record<ChannelField, number>
>;
const SECRETS: readonly ChannelField[] = ["token", "secret"];

interface FieldProps {
  readonly name: ChannelField;
  readonly value: string;
  readonly hint: string | null;
  /** Why it was not sent; `null` where it is not wrong. */
  readonly wrong: string | null;
  readonly onType: (text: string) => void;
}

function Field(props: FieldProps): JSX.Element {
  const texts = useOwnerAlertTexts();
  const id = createUniqueId();
  const note = (): string | null => props.wrong ?? props.hint;
  return (
    <div>
      <label class="view-link">
        {texts().field[props.name]}
        <input
          name={props.name}
          // A token is no password of this page: nothing offers to keep it.
          type={SECRETS.includes(props.name) ? "password" : "text"}
          autocomplete={SECRETS.includes(props.name) ? "new-password" : "off"}
          autocapitalize="none"
          spellcheck={false}
          maxLength={LENGTHS[props.name]}
          value={props.value}
          aria-invalid={props.wrong !== null}
          aria-describedby={note() === null ? undefined : id}
          onInput={(event) => {
            props.onType(event.currentTarget.value);
          }}
        />
      </label>
      <Show when={note()}>
        {(text) => (
          <p id={id} class={props.wrong === null ? "muted" : "notice warn"}>
            {text()}
            <Show when={props.name === "token"}>
              {" "}
              <a href="https://t.me/BotFather" target="_blank" rel="noopener noreferrer">
                @BotFather
              </a>
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}

function fieldsOf(draft: ChannelDraft): readonly ChannelField[] {
  if (draft.kind === "telegram") {
    return ["name", "chatId", "token"];
  }
  return isSecretOfUse(draft) ? ["name", "url", "secret"] : ["name", "url"];
}

function Template(props: {
  value: ChannelDraft["template"];
  onChoose: (template: ChannelDraft["template"]) => void;
}): JSX.Element {
  const texts = useOwnerAlertTexts();
  return (
    <label class="view-link">
      {texts().template}
      <select
        name="template"
        onChange={(event) => {
          props.onChoose(TEMPLATES.find((one) => one === event.currentTarget.value) ?? "raw");
        }}
      >
        <For each={TEMPLATES}>
          {(template) => (
            <option value={template} selected={template === props.value}>
              {texts().templates[template]}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}

interface Props {
  readonly draft: ChannelDraft;
  /** Nothing is stored that an empty field could keep. */
  readonly isNew: boolean;
  readonly onSave: (body: ChannelBody) => Promise<void>;
  readonly onDone: () => void;
}

/** What stands under a field. */
function hintOf(name: ChannelField, isNew: boolean, { hint, keeps }: OwnerAlertTexts): string | null {
  if (name === "name") {
    return null;
  }
  return isNew || name === "chatId" ? hint[name] : keeps;
}

export function ChannelForm(props: Props): JSX.Element {
  const texts = useOwnerAlertTexts();
  const [draft, setDraft] = createSignal(untrack(() => props.draft));
  const [wrong, setWrong] = createSignal<ChannelField | null>(null);
  const action = createAction();
  const type = (change: Partial<ChannelDraft>): void => {
    setWrong(null);
    setDraft((now) => ({ ...now, ...change }));
  };
  async function save(): Promise<void> {
    const checked = bodyOf(draft(), props.isNew);
    if ("body" in checked) {
      await props.onSave(checked.body);
    }
  }
  async function submit(form: HTMLFormElement): Promise<void> {
    const checked = bodyOf(draft(), props.isNew);
    if ("wrong" in checked) {
      setWrong(checked.wrong);
      form.querySelector<HTMLInputElement>(`[name=${checked.wrong}]`)?.focus();
    } else if (await action.run(save)) {
      props.onDone();
    }
  }
  return (
    <form
      class="alert-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <For each={fieldsOf(draft())}>
        {(name) => (
          <Field
            name={name}
            value={draft()[name]}
            hint={hintOf(name, props.isNew, texts())}
            wrong={wrong() === name ? texts().wrong[name] : null}
            onType={(text) => {
              type({ [name]: text });
            }}
          />
        )}
      </For>
      <Show when={draft().kind === "webhook"}>
        <Template
          value={draft().template}
          onChoose={(template) => {
            type({ template });
          }}
        />
      </Show>
      <RequestFailure lead={texts().notSaved} failure={action.failure()} />
      <SaveButtons isBusy={action.isBusy()} onCancel={props.onDone} />
    </form>
  );
}
