/** A page about one thing that the server knows: the way back, then the thing, or that there is none, or why it is not here. */
import { type Accessor, type JSX, Show } from "solid-js";
import type { Remote } from "../../store/remote.ts";
import { RemoteState } from "./remote-state.tsx";

interface Props<T> {
  readonly remote: Remote<T>;
  readonly class: string;
  readonly back: { readonly href: string; readonly label: string };
  /** What is said of an address that the server does not know. */
  readonly gone: string;
  readonly children: (value: Accessor<NonNullable<T>>) => JSX.Element;
}

export function RemotePage<T>(props: Props<T>): JSX.Element {
  return (
    <article class={props.class}>
      <a class="back" href={props.back.href}>
        ← {props.back.label}
      </a>
      <Show
        when={props.remote.failure()?.status === 404}
        fallback={<RemoteState remote={props.remote} rows={8} />}
      >
        <p class="card">{props.gone}</p>
      </Show>
      <Show when={props.remote.value()}>{(value) => props.children(value)}</Show>
    </article>
  );
}
