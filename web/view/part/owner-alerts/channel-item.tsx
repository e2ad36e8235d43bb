/** One channel: whether messages arrive there, a test with what became of it, its form, and its deletion after a question. */
import { createSignal, type JSX, Show } from "solid-js";
import type { ChannelBody, ChannelRow, TestAnswer } from "../../../../worker/protocol/rest/alerts.ts";
import { reasonText } from "../../../i18n/alert-reasons.ts";
import { draftOf } from "../../../store/alerts/channel-draft.ts";
import { createAction } from "../../../store/alerts/owner-alerts.ts";
import { deleteChannel, saveChannel, testChannel } from "../../../store/alerts/owner-requests.ts";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";
import { useApp } from "../../app-context.tsx";
import { ChannelForm } from "./channel-form.tsx";
import { Folded } from "./folded.tsx";
import { RequestFailure } from "./request-failure.tsx";

const TONES = { ok: "state-good", failing: "state-warn", stopped: "state-bad" } as const satisfies Readonly<
  Record<ChannelRow["state"], string>
>;
const SIGNS = { ok: "●", failing: "▲", stopped: "■" } as const satisfies Readonly<
  Record<ChannelRow["state"], string>
>;

interface Props {
  readonly channel: ChannelRow;
  /** How many rules send to it. */
  readonly rules: number;
  readonly onChanged: () => Promise<void>;
  /** It is gone, with what had the focus. */
  readonly onRemoved: () => void;
}

function Test(props: Pick<Props, "onChanged"> & { id: string; name: string }): JSX.Element {
  const { locale } = useApp();
  const texts = useOwnerAlertTexts();
  const [answer, setAnswer] = createSignal<TestAnswer | null>(null);
  const action = createAction();
  async function test(): Promise<void> {
    setAnswer(null);
    setAnswer(await testChannel(props.id, locale()));
    await props.onChanged();
  }
  return (
    <>
      <p class="alert-test">
        <button
          type="button"
          class="action"
          aria-label={texts().testOf(props.name)}
          aria-disabled={action.isBusy()}
          onClick={() => void action.run(test)}
        >
          {texts().test}
        </button>{" "}
        <output>
          <Show when={answer()} fallback={action.isBusy() ? texts().testing : null}>
            {(known) => (
              <>
                {texts().outcome[known().outcome]}{" "}
                <Show when={known().reason}>
                  {(reason) => <>{texts().reason(reasonText(reason(), locale()))}</>}
                </Show>
              </>
            )}
          </Show>
        </output>
      </p>
      <RequestFailure lead={texts().notDone} failure={action.failure()} />
    </>
  );
}

/** What it deletes cannot be brought back, since its secret is in no answer: so it asks. */
function Remove(props: Props): JSX.Element {
  const { format } = useApp();
  const texts = useOwnerAlertTexts();
  const [isAsked, setAsked] = createSignal(false);
  const [button, setButton] = createSignal<HTMLButtonElement>();
  const action = createAction();
  async function remove(): Promise<void> {
    await deleteChannel(props.channel.id);
    await props.onChanged();
    props.onRemoved();
  }
  return (
    <>
      <Show
        when={isAsked()}
        fallback={
          <button
            type="button"
            class="action"
            ref={setButton}
            onClick={() => {
              setAsked(true);
            }}
          >
            {texts().removeChannel}
          </button>
        }
      >
        <div class="notice warn" role="alert">
          <p>{texts().removeSure(format().integer(props.rules))}</p>
          <p class="list-tools picks">
            <button
              type="button"
              class="action"
              ref={(cancel) => {
                queueMicrotask(() => {
                  cancel.focus();
                });
              }}
              onClick={() => {
                setAsked(false);
                button()?.focus();
              }}
            >
              {texts().cancel}
            </button>
            <button type="button" class="action" onClick={() => void action.run(remove)}>
              {texts().removeNow}
            </button>
          </p>
        </div>
      </Show>
      <RequestFailure lead={texts().notDone} failure={action.failure()} />
    </>
  );
}

export function ChannelItem(props: Props): JSX.Element {
  const { format } = useApp();
  const texts = useOwnerAlertTexts();
  const name = (): string => props.channel.name || props.channel.hint;
  async function save(body: ChannelBody): Promise<void> {
    await saveChannel(props.channel.id, body);
    await props.onChanged();
  }
  const facts = (): string => {
    const { kind, hint, template, failures, last_sent_at: sent } = props.channel;
    return [
      texts().kind[kind],
      hint,
      template === null ? "" : texts().templates[template],
      sent === null ? "" : texts().lastSent(format().time(sent)),
      failures > 0 ? texts().failures(format().integer(failures)) : "",
    ]
      .filter((part) => part !== "")
      .join(" · ");
  };
  /** Nothing was sent: whether messages arrive is not known. */
  const isUntried = (): boolean => props.channel.state === "ok" && props.channel.last_sent_at === null;
  const stateHint = (): string | null =>
    props.channel.state === "ok" ? null : texts().stateHint[props.channel.state];
  return (
    <li data-state={props.channel.state}>
      <div class={`state-head ${isUntried() ? "" : TONES[props.channel.state]}`}>
        <h3>{name()}</h3>
        <span class="end">
          <span class="sign" aria-hidden="true">
            {isUntried() ? "○" : SIGNS[props.channel.state]}
          </span>{" "}
          <span class="state-word">
            {isUntried() ? texts().neverSent : texts().state[props.channel.state]}
          </span>
        </span>
      </div>
      <p class="muted">{facts()}</p>
      <Show when={stateHint()}>{(hint) => <p>{hint()}</p>}</Show>
      <Test id={props.channel.id} name={name()} onChanged={props.onChanged} />
      <Folded summary={texts().edit} label={`${texts().edit}: ${name()}`}>
        {(close) => (
          <>
            <ChannelForm draft={draftOf(props.channel)} isNew={false} onSave={save} onDone={close} />
            <Remove {...props} />
          </>
        )}
      </Folded>
    </li>
  );
}
