/** Every part of the page in every state, for eyes and for tests: `/gallery`, or one of them with `?part=gate&state=green`. */
import { useLocation } from "@solidjs/router";
import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Suspense, untrack } from "solid-js";
import { answerByContext } from "./answers.ts";
import { ownIds } from "./own-ids.ts";
import { ALERTS } from "./parts/alerts.tsx";
import { OWNER_ALERTS } from "./parts/owner-alerts.tsx";
import { PUSH } from "./parts/push.tsx";
import { CHANGES } from "./parts/changes.tsx";
import { FLIP } from "./parts/flip.tsx";
import { LIST } from "./parts/list.tsx";
import { MARKET } from "./parts/market.tsx";
import { MARKS } from "./parts/marks.tsx";
import { OUTCOMES } from "./parts/outcomes.tsx";
import { OWN } from "./parts/own.tsx";
import { PAGES } from "./parts/pages.tsx";
import { SHELL } from "./parts/shell.tsx";
import { SIGNAL } from "./parts/signal.tsx";
import { STATUS_PARTS } from "./parts/status.tsx";
import { UI } from "./parts/ui.tsx";
import { WATCH } from "./parts/watch.tsx";
import { type GalleryPart, type PartId, PARTS } from "./registry.ts";
import { Stage } from "./stage.tsx";
import type { Views } from "./views.ts";
import "./gallery.css";

const VIEWS: Views<PartId> = {
  ...MARKET,
  ...MARKS,
  ...SHELL,
  ...LIST,
  ...FLIP,
  ...CHANGES,
  ...SIGNAL,
  ...OWN,
  ...WATCH,
  ...ALERTS,
  ...OWNER_ALERTS,
  ...PUSH,
  ...OUTCOMES,
  ...STATUS_PARTS,
  ...UI,
  ...PAGES,
};

interface Shown {
  readonly part: GalleryPart;
  readonly states: readonly (readonly [name: string, view: () => JSX.Element])[];
}

/** What the address asks for; all of it without a part. */
function chosen(search: string): readonly Shown[] {
  const asked = new URLSearchParams(search);
  const [id, state] = [asked.get("part"), asked.get("state")];
  return PARTS.filter((part) => id === null || part.id === id).map((part) => ({
    part,
    states: Object.entries<() => JSX.Element>(VIEWS[part.id]).filter(
      ([name]) => state === null || name === state,
    ),
  }));
}

function State(props: { part: string; name: string; view: () => JSX.Element }): JSX.Element {
  const [element, setElement] = createSignal<HTMLElement>();
  onMount(() => {
    const made = element();
    if (made) {
      onCleanup(ownIds(made, `${props.part}-${props.name}`));
    }
  });
  return (
    <div class="gallery-state" data-part={props.part} data-state={props.name}>
      <p class="gallery-name">
        <a href={`/gallery?part=${props.part}&state=${props.name}`} rel="external">
          {props.name}
        </a>
      </p>
      <div ref={setElement} class="gallery-view">
        <Suspense>
          <Stage>{props.view()}</Stage>
        </Suspense>
      </div>
    </div>
  );
}

/** A modal dialog would cover all other states and take their focus: among others it opens in its place. */
function openInPlace(): void {
  const { show, showModal: modal } = Object.getOwnPropertyDescriptors(HTMLDialogElement.prototype);
  Object.defineProperty(HTMLDialogElement.prototype, "showModal", show);
  onCleanup(() => {
    Object.defineProperty(HTMLDialogElement.prototype, "showModal", modal);
  });
}

export function Gallery(): JSX.Element {
  const location = useLocation();
  const shown = createMemo(() => chosen(location.search));
  answerByContext();
  if (untrack(shown).flatMap(({ states }) => states).length > 1) {
    openInPlace();
  }
  document.title = "Gallery";
  return (
    <article class="gallery">
      <For each={shown()}>
        {({ part, states }) => (
          <section aria-label={part.title}>
            <h2>{part.title}</h2>
            <For each={states}>{([name, view]) => <State part={part.id} name={name} view={view} />}</For>
          </section>
        )}
      </For>
    </article>
  );
}
