/** What stands over a panel until its value is here, and beside it when a load failed. */
import { type JSX, Show } from "solid-js";
import type { Remote } from "../../../store/remote.ts";
import { LoadError } from "./load-error.tsx";
import { Skeleton } from "./skeleton.tsx";

/** `rows` as tall as the content; 0 where the panel has a shape of its own while it waits. */
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
