/** The ways to keep a choice and to share it; what they do loads with the first press. */
import { createSignal, type JSX, lazy, Show, Suspense } from "solid-js";
import { useApp } from "../../app-context.tsx";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import { firstDraw } from "../../../store/first-draw.ts";

const ViewsDialog = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("../views/views-dialog.tsx"))).ViewsDialog,
}));

/** How long the page states that the link was copied. */
const COPIED_MS = 4_000;

export function ListTools(props: { filter: ListFilter }): JSX.Element {
  const { text } = useApp();
  const [isOpen, setOpen] = createSignal(false);
  const [isCopied, setCopied] = createSignal(false);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(`${location.origin}/${props.filter.search()}`);
      setCopied(true);
      setTimeout(() => setCopied(false), COPIED_MS);
    } catch {
      // Expected without a secure origin or the reader's permission: the dialog has the link as text.
      setOpen(true);
    }
  }
  return (
    <div class="picks list-tools">
      <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {text().viewsOpen}
      </button>
      <button type="button" class="quiet" onClick={() => void copy()}>
        {text().viewsCopy}
      </button>
      <output class="muted">{isCopied() ? text().viewsCopied : ""}</output>
      <Show when={isOpen()}>
        <Suspense>
          <ViewsDialog filter={props.filter} onClose={() => setOpen(false)} />
        </Suspense>
      </Show>
    </div>
  );
}
