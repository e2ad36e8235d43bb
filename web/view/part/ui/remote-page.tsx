/**
 * A page about one thing of one exchange: the way back, then the thing, or that it does not exist, or why it did not load.
 * A thing of another exchange than the active one is never drawn, only named.
 */
import { type Accessor, createComputed, createMemo, type JSX, Show, untrack } from "solid-js";
import { profileOf } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { Exchange } from "../../../../worker/core/instrument/instrument.ts";
import type { Remote } from "../../../store/remote.ts";
import { PAGE_TEXTS } from "../../../i18n/page-texts.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";
import { RemoteState } from "./remote-state.tsx";

interface Props<T> {
  readonly remote: Remote<T>;
  readonly class: string;
  readonly back: { readonly href: string; readonly label: string };
  /** The text for an address that the server does not know. */
  readonly gone: string;
  /** The exchange that the address itself names; `null` where its form names none. */
  readonly owner: Exchange | null;
  readonly children: (value: Accessor<T>) => JSX.Element;
}

function Gone(props: { gone: string; owner: Exchange | null; active: Exchange | null }): JSX.Element {
  const { locale } = useApp();
  const label = (exchange: Exchange): string => profileOf(exchange).label[locale()];
  return (
    <div class="card">
      <p>{props.gone}</p>
      <Show when={props.active}>
        {(active) => (
          <p class="muted">
            <Show
              when={props.owner !== active() && props.owner}
              fallback={PAGE_TEXTS[locale()].exchangeShown(label(active()))}
            >
              {(owner) => <>{PAGE_TEXTS[locale()].exchangeOther(label(owner()), label(active()))}</>}
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}

export function RemotePage<T extends { readonly exchange: Exchange }>(props: Props<T>): JSX.Element {
  const { exchange } = useMarket();
  createComputed(() => {
    const found = props.remote.value()?.exchange;
    if (found !== undefined) {
      untrack(() => exchange.accepts(found));
    }
  });
  /** The exchange of what came, when it is not the one that the page shows. */
  const foreign = createMemo((): Exchange | null => {
    const found = props.remote.value()?.exchange ?? null;
    const active = exchange.active();
    return active === null || found === active ? null : found;
  });
  const isGone = (): boolean => props.remote.failure()?.status === 404 || foreign() !== null;
  return (
    <article class={props.class}>
      <a class="back" href={props.back.href}>
        ← {props.back.label}
      </a>
      <Show when={isGone()} fallback={<RemoteState remote={props.remote} rows={8} />}>
        <Gone gone={props.gone} owner={foreign() ?? props.owner} active={exchange.active()} />
      </Show>
      <Show when={!isGone() && props.remote.value()}>{(value) => props.children(value)}</Show>
    </article>
  );
}
