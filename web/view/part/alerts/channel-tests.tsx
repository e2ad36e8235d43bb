/** How this device shows its alerts, each way with what it needs, and a press that tries it. */
import { children, createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { useApp } from "../../app-context.tsx";
import {
  askNoticePermission,
  type NoticePermission,
  showBrowserNotice,
  shownPermission,
} from "../../alerts/browser-notice.ts";
import { toastsOf } from "../../alerts/toasts.ts";
import { playTone } from "../../alerts/tone.ts";
import { useAlertPageTexts } from "../../alerts/use-texts.ts";

function Test(props: { label: string; onTest: () => Promise<boolean> | boolean }): JSX.Element {
  const page = useAlertPageTexts();
  const [end, setEnd] = createSignal<boolean | null>(null);
  async function test(): Promise<void> {
    setEnd(null);
    setEnd(await props.onTest());
  }
  return (
    <p class="alert-test">
      <button
        type="button"
        class="action"
        aria-label={`${page().test}: ${props.label}`}
        onClick={() => void test()}
      >
        {page().test}
      </button>{" "}
      <output>
        <Show when={end() !== null}>{end() === true ? page().tested : page().notTested}</Show>
      </output>
    </p>
  );
}

/** Asks the browser on a press, and states what it has answered. */
function NotificationWay(props: { permission: NoticePermission; onAsk: () => void }): JSX.Element {
  const page = useAlertPageTexts();
  const show = async (): Promise<boolean> =>
    showBrowserNotice({
      tag: "test",
      title: page().testTitle,
      body: page().testBody,
      path: "/alerts",
      ids: [],
    });
  return (
    <Switch>
      <Match when={props.permission === "default"}>
        <p>
          <button
            type="button"
            class="action"
            onClick={() => {
              props.onAsk();
            }}
          >
            {page().allow}
          </button>
        </p>
      </Match>
      <Match when={props.permission === "granted"}>
        <p>{page().granted}</p>
        <Test label={page().channel.notification} onTest={show} />
      </Match>
      <Match when={props.permission === "denied"}>
        <p class="notice warn">{page().denied}</p>
      </Match>
      <Match when={props.permission === "unsupported"}>
        <p class="notice">{page().unsupported}</p>
      </Match>
    </Switch>
  );
}

/** `permission`: in place of the browser's, for the gallery. */
export function ChannelTests(props: { permission?: NoticePermission; children?: JSX.Element }): JSX.Element {
  const { device } = useApp();
  const page = useAlertPageTexts();
  const further = children(() => props.children);
  const permission = (): NoticePermission => props.permission ?? shownPermission();
  function showToast(): boolean {
    const text = `${page().testTitle}. ${page().testBody}`;
    toastsOf(device).add({ kind: "asked", text, isRefused: false });
    return true;
  }
  return (
    <section class="card" id="device-channels" aria-labelledby="alerts-device">
      <h2 id="alerts-device">{page().device}</h2>
      <ul class="state-list">
        <li>
          <h3>{page().channel.page}</h3>
          <p class="muted">{page().hint.page}</p>
          <Test label={page().channel.page} onTest={showToast} />
        </li>
        <li>
          <h3>{page().channel.sound}</h3>
          <p class="muted">{page().hint.sound}</p>
          <Test label={page().channel.sound} onTest={playTone} />
        </li>
        <li>
          <h3>{page().channel.notification}</h3>
          <p class="muted">{page().hint.notification}</p>
          <NotificationWay permission={permission()} onAsk={() => void askNoticePermission()} />
        </li>
        <Show when={further()}>{(more) => <li>{more()}</li>}</Show>
      </ul>
    </section>
  );
}
