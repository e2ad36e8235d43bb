/** Both indices and the last scan in one line: where the market stands and how old the list is. */
import { For, type JSX, Show } from "solid-js";
import type { ScanStatus } from "../../../worker/protocol/run.ts";
import type { IndexValue, IndexValues } from "../../store/indices.ts";
import type { Remote } from "../../store/remote.ts";
import { useApp } from "../app-context.tsx";
import { ChangeText } from "./change-text.tsx";

function IndexItem(props: { quote: IndexValue }): JSX.Element {
  const { text, format } = useApp();
  const fraction = (): number | null =>
    props.quote.change_rate === null ? null : props.quote.change_rate / 100;
  return (
    <li>
      <span class="label">{props.quote.code}</span>
      <b class="number">{format().index(props.quote.index)}</b>
      <ChangeText value={fraction()} />
      <span class="muted as-of">
        <Show when={props.quote.at} fallback={text().closesOf(format().day(props.quote.as_of))}>
          {(at) => text().asOf(`${format().time(at())} ${text().kst}`)}
        </Show>
      </span>
    </li>
  );
}

function ScanItem(props: { status: ScanStatus }): JSX.Element {
  const { text, format } = useApp();
  const when = (): string | null => props.status.last_run?.finished_at ?? null;
  return (
    <li class="scan-item">
      <span class="label">{text().lastScan}</span>
      <Show when={props.status.progress.run_id === null} fallback={<b>{text().scanRunning}</b>}>
        <Show when={when()} fallback={<span class="muted">{text().noScan}</span>}>
          {(iso) => (
            <time datetime={iso()} class="number">
              {format().time(iso())} <span class="muted">{text().kst}</span>
            </time>
          )}
        </Show>
      </Show>
    </li>
  );
}

interface Props {
  readonly remote: Remote<IndexValues>;
  readonly status: ScanStatus | null;
}

export function IndexStrip(props: Props): JSX.Element {
  const { text } = useApp();
  const missing = (): string => {
    if (props.remote.value() !== null) {
      return text().indexMissing;
    }
    return props.remote.failure() ? text().indexFailed : text().reloading;
  };
  return (
    <section class="strip" aria-label={text().marketNow}>
      <ul>
        <For each={props.remote.value()?.indices} fallback={<li class="muted">{missing()}</li>}>
          {(quote) => <IndexItem quote={quote} />}
        </For>
        <Show when={props.status}>{(status) => <ScanItem status={status()} />}</Show>
      </ul>
    </section>
  );
}
