/** Push to this device while no page is open: begun and ended at a press, with what stands in the way, a try, and what was sent. */
import { For, type JSX, Match, Show, Switch } from "solid-js";
import type { DeliveryRow } from "../../../../worker/protocol/rest/alerts.ts";
import { reasonText } from "../../../i18n/alert-reasons.ts";
import { PUSH_TEXTS, type PushTexts } from "../../../i18n/push-texts.ts";
import { useApp } from "../../app-context.tsx";
import { createPushWay, type PushWayParts } from "../../alerts/create-push-way.ts";
import { pushFailureText } from "../../alerts/push-failure.ts";
import { useAlertPageTexts } from "../../alerts/use-texts.ts";

function usePushTexts(): () => PushTexts {
  const { locale } = useApp();
  return () => PUSH_TEXTS[locale()];
}

function Sent(props: { rows: readonly DeliveryRow[] }): JSX.Element {
  const { format, locale } = useApp();
  const texts = usePushTexts();
  return (
    <>
      <h4>{texts().log}</h4>
      <Show when={props.rows.length > 0} fallback={<p class="muted">{texts().logEmpty}</p>}>
        <ul class="state-list">
          <For each={props.rows}>
            {(row) => (
              <li>
                {row.title ?? texts().untitled} <span class="tag">{texts().states[row.state]}</span>{" "}
                <span class="number muted">{format().time(row.sent_at ?? row.created_at)} KST</span>
                <Show when={row.attempts > 1}>
                  {" "}
                  <span class="muted">{texts().attempts(format().integer(row.attempts))}</span>
                </Show>
                <Show when={row.reason}>
                  <p class="muted">{reasonText(row.reason ?? "", locale())}</p>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}

function On(props: PushWayParts): JSX.Element {
  const { format } = useApp();
  const texts = usePushTexts();
  return (
    <>
      <p>
        {texts().begun}{" "}
        <Show when={props.rules > 0} fallback={texts().noRules}>
          {texts().rules(format().integer(props.rules))}
        </Show>
      </p>
      <Show when={props.isCut}>
        <p class="notice warn">{texts().cut}</p>
      </Show>
      <p class="alert-test">
        <button
          type="button"
          class="action"
          disabled={props.isBusy}
          onClick={() => {
            props.onTest();
          }}
        >
          {texts().test}
        </button>{" "}
        <button
          type="button"
          class="action"
          disabled={props.isBusy}
          onClick={() => {
            props.onEnd();
          }}
        >
          {texts().end}
        </button>
      </p>
      <output>{props.tested && texts().outcomes[props.tested]}</output>
      <Show when={props.sent}>{(rows) => <Sent rows={rows()} />}</Show>
    </>
  );
}

function Off(props: PushWayParts): JSX.Element {
  const texts = usePushTexts();
  return (
    <>
      <Show when={props.status === "lost"}>
        <p class="notice warn">{texts().lost}</p>
      </Show>
      <p>
        <button
          type="button"
          class="action"
          disabled={props.isBusy || props.status === null}
          onClick={() => {
            props.onBegin();
          }}
        >
          {texts().begin}
        </button>
      </p>
    </>
  );
}

/** On a phone of Apple's no browser has push before the page is on the home screen. */
function HomeScreen(): JSX.Element {
  const texts = usePushTexts();
  return (
    <div class="notice">
      <p>{texts().homeScreen.lead}</p>
      <ol>
        <For each={texts().homeScreen.steps}>{(step) => <li>{step}</li>}</For>
      </ol>
    </div>
  );
}

export function PushPart(props: PushWayParts): JSX.Element {
  const { text, locale } = useApp();
  const page = useAlertPageTexts();
  const texts = usePushTexts();
  return (
    <>
      <h3>{texts().title}</h3>
      <p class="muted">{page().hint.push}</p>
      <Switch fallback={<Off {...props} />}>
        <Match when={props.support === "homeScreen"}>
          <HomeScreen />
        </Match>
        <Match when={props.support === "insecure"}>
          <p class="notice">{texts().insecure}</p>
        </Match>
        <Match when={props.support === "unsupported"}>
          <p class="notice">{texts().unsupported}</p>
        </Match>
        <Match when={props.permission === "denied"}>
          <p class="notice">{texts().blocked}</p>
        </Match>
        <Match when={props.status === "on"}>
          <On {...props} />
        </Match>
      </Switch>
      <div role="alert">
        <For each={[props.failure, props.askFailure]}>
          {(failure, i) => (
            <Show when={failure}>
              {(known) => (
                <p class="notice error">
                  {pushFailureText(
                    known(),
                    { text: text(), push: texts(), locale: locale() },
                    i() === 1 || props.status !== "on",
                  )}
                </p>
              )}
            </Show>
          )}
        </For>
      </div>
    </>
  );
}

/** Of this device. */
export function PushWay(): JSX.Element {
  return <PushPart {...createPushWay()} />;
}
