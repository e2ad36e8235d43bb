/** The button that opens the legend, beside the marks that the legend explains. */
import { createSignal, type JSX, lazy, Show, Suspense } from "solid-js";
import { useApp } from "../../app-context.tsx";
import { firstDraw } from "../../../store/first-draw.ts";

const LegendDialog = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./legend-dialog.tsx"))).LegendDialog,
}));

export function LegendButton(): JSX.Element {
  const { text } = useApp();
  const [isOpen, setOpen] = createSignal(false);
  return (
    <>
      <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {text().legendOpen}
      </button>
      <Show when={isOpen()}>
        <Suspense>
          <LegendDialog onClose={() => setOpen(false)} />
        </Suspense>
      </Show>
    </>
  );
}
