/** The selected signal beside its list: all that its page shows, in a place that stays as large as it is. */
import { createEffect, createSignal, type JSX, on, Show, untrack } from "solid-js";
import { FLIP_TEXTS, type FlipTexts } from "../../../i18n/flip-texts.ts";
import { useApp } from "../../app-context.tsx";
import { listSearch } from "../../filter/create-list-filter.ts";
import { createLiveDetail } from "../../flip/create-live-detail.ts";
import { createReady } from "../../flip/create-ready.ts";
import { createAhead, useFreshAnswers } from "../../flip/fetch-ahead.ts";
import { FlipBar } from "../../flip/flip-bar.tsx";
import { signalHref } from "../../flip/flip-list.ts";
import { createRemotePerKey } from "../../flip/per-key.ts";
import type { Selection } from "../../list/create-selection.ts";
import { SignalParts } from "../signal/signal-parts.tsx";
import { RemoteState } from "../ui/remote-state.tsx";

/** Of one signal after the other. `onHere`: whether it has come. */
function Shown(props: { id: string; onHere: (isHere: boolean) => void }): JSX.Element {
  const detail = createRemotePerKey(() => props.id, createLiveDetail);
  createEffect(() => {
    props.onHere(detail.value() !== null);
  });
  return (
    <>
      <RemoteState remote={detail} rows={8} />
      <Show when={detail.value()}>{(known) => <SignalParts detail={known()} />}</Show>
    </>
  );
}

export function ListPreview(props: { selection: Selection }): JSX.Element {
  const { locale } = useApp();
  const texts = (): FlipTexts => FLIP_TEXTS[locale()];
  // Made once for the life of the panel.
  const selection = untrack(() => props.selection);
  useFreshAnswers();
  const [isHere, setHere] = createSignal(false);
  createAhead(selection.ids, selection.id, () => isHere());
  const ready = createReady(selection.id, () => true);
  const [element, setElement] = createSignal<HTMLElement>();
  // Asked of the element, where it stands would cost a layout of the whole page with each step.
  let isScrolled = false;
  createEffect(
    on(selection.id, () => {
      if (isScrolled) {
        element()?.scrollTo({ top: 0 });
      }
    }),
  );
  return (
    <section
      class="list-preview"
      aria-label={texts().beside}
      ref={setElement}
      onScroll={(event) => {
        isScrolled = event.currentTarget.scrollTop > 0;
      }}
    >
      <div class="panel-head">
        <FlipBar flip={selection} />
        <Show when={selection.id()}>
          {(id) => <a href={signalHref(id(), listSearch())}>{texts().openPage}</a>}
        </Show>
      </div>
      <Show when={ready()} fallback={<p class="muted">{texts().choose}</p>}>
        {(id) => <Shown id={id()} onHere={setHere} />}
      </Show>
    </section>
  );
}
