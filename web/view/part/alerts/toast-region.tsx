/** The notices over the page: at most three, for six seconds, longer under the pointer or the focus; each leads to what keeps it. */
import { createEffect, createMemo, For, type JSX, Match, onCleanup, onMount, Show, Switch } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import { ALERT_TEXTS } from "../../../i18n/alert-texts.ts";
import { type Notice, noticesOf, withEventsRead } from "../../../store/alerts/notice-log.ts";
import { useApp } from "../../app-context.tsx";
import { noticeText } from "../../alerts/notice-text.ts";
import { type Toast, type Toasts, toastsOf } from "../../alerts/toasts.ts";
import { useMarket } from "../../market-context.tsx";

/** The newest of them, and how many more there are. `onFollow` gets those that the reader goes to. */
function EventToast(props: {
  notices: readonly Notice[];
  isWithdrawn: boolean;
  onFollow: (notices: readonly Notice[]) => void;
}): JSX.Element {
  const { locale, format, naming } = useApp();
  const { exchange } = useMarket();
  const texts = (): (typeof ALERT_TEXTS)["ko"] => ALERT_TEXTS[locale()];
  const shown = createMemo(() => {
    const event = props.notices.at(-1)?.event;
    return (
      event &&
      noticeText(event, {
        texts: texts(),
        format: format(),
        naming,
        isSimulated: isSimulated(exchange.active()),
      })
    );
  });
  return (
    <Show when={shown()}>
      {(text) => (
        <>
          <a
            href={text().path}
            onClick={() => {
              props.onFollow(props.notices.slice(-1));
            }}
          >
            <b>{text().title}</b>
          </a>
          <Show when={props.notices.length > 1}>
            {" "}
            <a
              href="/alerts"
              onClick={() => {
                props.onFollow([]);
              }}
            >
              {texts().more(format().integer(props.notices.length - 1))}
            </a>
          </Show>
          <Show when={!props.isWithdrawn} fallback={<p>{texts().withdrawn}</p>}>
            <p class="muted">{text().facts}</p>
            <p class="muted">
              {text().time} · {texts().notAdvice}
            </p>
          </Show>
        </>
      )}
    </Show>
  );
}

function ToastItem(props: {
  toast: Toast;
  onFollow: (notices: readonly Notice[]) => void;
  onClose: () => void;
}): JSX.Element {
  const { locale } = useApp();
  const texts = (): (typeof ALERT_TEXTS)["ko"] => ALERT_TEXTS[locale()];
  const asked = (): Extract<Toast, { kind: "asked" }> | null =>
    props.toast.kind === "asked" ? props.toast : null;
  const events = (): Exclude<Toast, { kind: "asked" }> | null =>
    props.toast.kind === "asked" ? null : props.toast;
  return (
    <div class="toast" data-kind={props.toast.kind}>
      <div>
        <Switch>
          <Match when={events()}>
            {(toast) => (
              <EventToast
                notices={toast().notices}
                isWithdrawn={toast().kind === "withdrawn"}
                onFollow={(notices) => {
                  props.onFollow(notices);
                }}
              />
            )}
          </Match>
          <Match when={asked()}>
            {(toast) => (
              <>
                {toast().text} <a href="/alerts">{texts().toRules}</a>
              </>
            )}
          </Match>
        </Switch>
      </div>
      <button
        type="button"
        class="action small"
        aria-label={texts().close}
        title={texts().close}
        onClick={() => {
          props.onClose();
        }}
      >
        ×
      </button>
    </div>
  );
}

/** A page that nobody looks at keeps its notices until somebody does. */
function holdWhileHidden(toasts: Toasts): void {
  const update = (): void => {
    toasts.hold(document.hidden);
  };
  onMount(() => {
    document.addEventListener("visibilitychange", update);
    update();
  });
  onCleanup(() => {
    document.removeEventListener("visibilitychange", update);
  });
}

/** Takes them as read, in every tab. */
function useRead(): (notices: readonly Notice[]) => void {
  const { device } = useApp();
  const { exchange } = useMarket();
  return (notices) => {
    const active = exchange.active();
    if (active !== null) {
      const ids = notices.map(({ event }) => event.id);
      noticesOf(device, active).change((log) => withEventsRead(log, ids));
    }
  };
}

/** There before anything stands in it, so that what comes is spoken. */
export function ToastRegion(): JSX.Element {
  const { device, locale } = useApp();
  const toasts = toastsOf(device);
  const read = useRead();
  holdWhileHidden(toasts);
  // What held them has gone with the last of them.
  createEffect(() => {
    if (toasts.all().length === 0) {
      toasts.hold(document.hidden);
    }
  });
  return (
    <output
      class="toasts"
      aria-label={ALERT_TEXTS[locale()].region}
      onPointerEnter={() => {
        toasts.hold(true);
      }}
      onPointerLeave={() => {
        toasts.hold(document.hidden);
      }}
      onFocusIn={() => {
        toasts.hold(true);
      }}
      onFocusOut={() => {
        toasts.hold(document.hidden);
      }}
    >
      <For each={toasts.all()}>
        {(toast) => (
          <ToastItem
            toast={toast}
            onFollow={(notices) => {
              read(notices);
              toasts.close(toast.id);
            }}
            onClose={() => {
              toasts.close(toast.id);
            }}
          />
        )}
      </For>
    </output>
  );
}
