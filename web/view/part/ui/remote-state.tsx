/** The skeleton of a panel without a value, and the failure beside a panel that could not load. */
import { For, type JSX, Show } from "solid-js";
import type { Dictionary } from "../../../i18n/ko.ts";
import type { RequestError } from "../../../store/fetch-json.ts";
import type { Remote } from "../../../store/remote.ts";
import { useApp } from "../../app-context.tsx";

/** The shape of what is coming: as tall as the content, so nothing jumps when it arrives. */
export function Skeleton(props: { rows: number }): JSX.Element {
  const { text } = useApp();
  return (
    <div class="skeleton">
      <output class="visually-hidden">{text().reloading}</output>
      <For each={Array.from({ length: props.rows })}>{() => <div class="bone" aria-hidden="true" />}</For>
    </div>
  );
}

function explain(failure: RequestError, text: Dictionary): string {
  switch (failure.kind) {
    case "unreachable":
      return text.errorOffline;
    case "unreadable":
      return text.errorUnreadable;
    case "refused":
      return failure.problem === null
        ? text.errorStatus(failure.status ?? 0)
        : text.problemText(failure.problem);
  }
}

interface Props {
  readonly failure: RequestError;
  /** Earlier content is still on the page. */
  readonly kept: boolean;
  readonly onRetry: () => void;
}

/** A load that failed: the server's problem, the number to quote, and one way on. */
function LoadError(props: Props): JSX.Element {
  const { text } = useApp();
  return (
    <div class="notice error" role="alert">
      <p>
        <strong>{props.kept ? text().errorKept : text().errorTitle}</strong> {explain(props.failure, text())}
        <Show when={props.failure.problem?.request_id}>
          {(id) => (
            <span class="muted">
              {" "}
              {text().requestId} <code>{id()}</code>
            </span>
          )}
        </Show>
      </p>
      <button
        type="button"
        class="action"
        onClick={() => {
          props.onRetry();
        }}
      >
        {text().retry}
      </button>
    </div>
  );
}

/** `rows`: as tall as the content; 0 for a panel that draws a skeleton of its own. */
export function RemoteState(props: { remote: Remote<unknown>; rows: number }): JSX.Element {
  const isKept = (): boolean => props.remote.value() !== null;
  return (
    <>
      <Show when={props.remote.failure()}>
        {(failure) => (
          <LoadError failure={failure()} kept={isKept()} onRetry={() => void props.remote.reload()} />
        )}
      </Show>
      <Show when={props.rows > 0 && !isKept() && props.remote.busy()}>
        <Skeleton rows={props.rows} />
      </Show>
    </>
  );
}
