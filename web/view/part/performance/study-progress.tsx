/** UI91: where the historical study stands, in one line with a bar while it goes on. */
import { type JSX, Match, Show, Switch } from "solid-js";
import type { StudyStatus } from "../../../../worker/protocol/rest/study.ts";
import { useApp } from "../../app-context.tsx";
import { useStudyCopy } from "../../labels/study-copy.ts";

function Running(props: { running: NonNullable<StudyStatus["running"]> }): JSX.Element {
  const { format } = useApp();
  const copy = useStudyCopy();
  const label = (): string =>
    copy().running(format().share(props.running.done), format().day(props.running.as_of));
  return (
    <p class="study-progress">
      <span>{label()}</span>
      <progress max={1} value={props.running.done} aria-label={label()} />
    </p>
  );
}

/** `link`: with the way to the results, for a page that does not show them. */
export function StudyProgress(props: { status: StudyStatus; link?: boolean }): JSX.Element {
  const { format } = useApp();
  const copy = useStudyCopy();
  return (
    <Switch>
      <Match when={props.status.running}>{(running) => <Running running={running()} />}</Match>
      <Match when={props.status.is_due}>
        <p class="study-progress">{copy().due}</p>
      </Match>
      <Match when={props.status.stopped}>
        {(stopped) => <p class="study-progress notice warn">{copy().stopped[stopped().reason]}</p>}
      </Match>
      <Match when={props.link === true && props.status.made}>
        {(made) => (
          <p class="study-progress muted small-note">
            <span>{copy().made(format().day(made().as_of))}</span>{" "}
            <Show when={props.link}>
              <a href="/performance">{copy().show}</a>
            </Show>
          </p>
        )}
      </Match>
    </Switch>
  );
}
