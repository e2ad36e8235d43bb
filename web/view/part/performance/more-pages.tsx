/** How much of a list is shown, and the way to the rest. */
import { type JSX, Show } from "solid-js";
import type { PagedList } from "../../../store/paged-list.ts";
import { useApp } from "../../app-context.tsx";
import { useOutcomeTexts } from "../../labels/outcome-texts.ts";

export function MorePages(props: {
  list: Pick<PagedList<{ readonly next_cursor: string | null }>, "pages" | "busyMore" | "more">;
  shown: number;
  count: number;
}): JSX.Element {
  const { format } = useApp();
  const texts = useOutcomeTexts();
  return (
    <p class="more-pages">
      <span class="muted small-note">
        {texts().shown(format().integer(props.shown), format().integer(props.count))}
      </span>
      <Show when={props.list.pages().at(-1)?.next_cursor}>
        <button
          type="button"
          class="action"
          disabled={props.list.busyMore()}
          onClick={() => void props.list.more()}
        >
          {props.list.busyMore()
            ? texts().moreBusy
            : texts().more(format().integer(props.count - props.shown))}
        </button>
      </Show>
    </p>
  );
}
