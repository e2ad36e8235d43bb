/** A load that failed: the server's problem, the number to quote, and one way on. */
import { type JSX, Show } from "solid-js";
import type { Dictionary } from "../../../i18n/ko.ts";
import type { RequestError } from "../../../store/request-error.ts";
import { useApp } from "../../app-context.tsx";

function explain(failure: RequestError, text: Dictionary): string {
  switch (failure.kind) {
    case "unreachable":
      return text.errorOffline;
    case "unreadable":
      return text.errorUnreadable;
    case "refused":
      return failure.problem === null
        ? text.errorStatus(failure.status ?? 0)
        : text.problemWords(failure.problem);
  }
}

interface Props {
  readonly failure: RequestError;
  /** Earlier content is still on the page. */
  readonly kept: boolean;
  readonly onRetry: () => void;
}

export function LoadError(props: Props): JSX.Element {
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
