/** What the running session would list, on request: provisional, and called so. Nothing where no session was judged. */
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { SINCE_TEXTS, type SinceTexts } from "../../../i18n/since-texts.ts";
import { createForming } from "../../../store/forming.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";
import { GradeBadge } from "../signals/signal-marks.tsx";
import { RemoteState } from "../ui/remote-state.tsx";

function FormingItem(props: { row: SignalRow }): JSX.Element {
  const { text, format, naming } = useApp();
  const name = createMemo(() => naming(props.row));
  return (
    <li class="change-item">
      <a href={`/s/${encodeURIComponent(props.row.ticker)}`} title={name().title}>
        {name().name}
      </a>
      <span class="change-states number">
        <GradeBadge grade={props.row.grade} /> {format().score(props.row.score)}
      </span>
      <span class="change-reason muted number">
        {props.row.footprint} · {text().colDistance} {format().rate(props.row.distance_pct / 100)}
      </span>
    </li>
  );
}

/** Asked for when it is opened, and made anew by each judgement of the session. */
function FormingItems(): JSX.Element {
  const list = createForming();
  const rows = (): readonly SignalRow[] => list.value()?.forming?.signals ?? [];
  return (
    <>
      <RemoteState remote={list} rows={0} />
      <ul class="change-list">
        <For each={rows()}>{(row) => <FormingItem row={row} />}</For>
      </ul>
    </>
  );
}

export function FormingLine(): JSX.Element {
  const { locale, format } = useApp();
  const { feed } = useMarket();
  const texts = (): SinceTexts => SINCE_TEXTS[locale()];
  const [isOpen, setOpen] = createSignal(false);
  return (
    <Show when={feed()?.forming}>
      {(forming) => (
        <>
          <div class="since-line">
            <h2>{texts().formingTitle}</h2>
            <span class="muted number">{texts().formingAt(format().time(forming().at))}</span>
            <Show when={forming().count > 0} fallback={<p class="muted">{texts().formingNone}</p>}>
              <span class="change-counts number">{texts().formingCount(forming().count)}</span>
              <button type="button" class="quiet" aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
                {isOpen() ? texts().less : texts().more(forming().count)}
              </button>
            </Show>
          </div>
          <Show when={isOpen() && forming().count > 0 && forming().at} keyed>
            {(_at) => <FormingItems />}
          </Show>
        </>
      )}
    </Show>
  );
}
