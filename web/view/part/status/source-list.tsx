/** The vendors that this program knows: whether a key is set, whether it is taken, what is refused and what helps. */
import { For, type JSX, Show } from "solid-js";
import type { MarketStatusBody } from "../../../../worker/protocol/rest/market-status.ts";
import type { StatusCopy } from "../../../i18n/ko-status.ts";
import { useApp } from "../../app-context.tsx";
import { useStatusCopy } from "../../labels/status-copy.ts";
import { isAsked } from "../../labels/status-verdict.ts";

type Source = MarketStatusBody["sources"][number];

/** Never by colour alone: a sign and a word. */
interface KeyState {
  readonly tone: "good" | "bad" | "warn" | "calm";
  readonly sign: string;
  readonly word: string;
}

function keyState(source: Source, copy: StatusCopy): KeyState {
  if (source.missing_secrets.length > 0) {
    return { tone: "calm", sign: "–", word: copy.keyNotSet };
  }
  if (!source.named) {
    return { tone: "calm", sign: "–", word: copy.keyNotNamed };
  }
  if (source.denials.length > 0) {
    return { tone: "bad", sign: "✕", word: copy.keyDenied };
  }
  return source.served_at === null
    ? { tone: "warn", sign: "…", word: copy.keyUntried }
    : { tone: "good", sign: "✓", word: copy.keyValid };
}

/** Of several services that are refused for one reason one text stands there, with their names. */
function Denials(props: { denials: Source["denials"] }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  const groups = (): readonly (readonly [Source["denials"][number], readonly string[]])[] =>
    Array.from(Map.groupBy(props.denials, ({ why }) => why).values(), (all) => {
      const [first] = all;
      return first === undefined ? null : ([first, all.flatMap(({ service }) => service ?? [])] as const);
    }).filter((group) => group !== null);
  const time = (iso: string): string => `${format().time(iso)} ${copy().kst}`;
  return (
    <For each={groups()}>
      {([denial, services]) => (
        <output class="notice error">
          <span>
            <b>{copy().why[denial.why]}</b>{" "}
            <Show when={denial.at}>{(at) => <>{copy().deniedSince(time(at()))}, </>}</Show>
            {copy().deniedUntil(time(denial.until))}.{" "}
            <Show when={services.length > 0}>
              <span class="muted">{copy().services(services.join(", "))}</span>
            </Show>
          </span>
        </output>
      )}
    </For>
  );
}

function SourceItem(props: { source: Source }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  const state = (): KeyState => keyState(props.source, copy());
  const calls = (): string => {
    const { calls_today: today, calls_per_day: all } = props.source;
    return all === null
      ? copy().callsToday(format().integer(today))
      : copy().callsOf(format().integer(today), format().integer(all));
  };
  const time = (iso: string): string => `${format().time(iso)} ${copy().kst}`;
  return (
    <li class={`state-${state().tone}`} data-source={props.source.id}>
      <div class="state-head">
        <b>{copy().source[props.source.id]}</b>
        <span>
          <span class="sign" aria-hidden="true">
            {state().sign}
          </span>
          <span class="state-word">{state().word}</span>
        </span>
        <Show when={isAsked(props.source)}>
          <span class="muted number end">{calls()}</span>
        </Show>
      </div>
      <p class="muted">{copy().sourceGives[props.source.id]}</p>
      <Show when={props.source.missing_secrets.length > 0}>
        <p>
          {copy().setKey(props.source.missing_secrets.join(", "))}{" "}
          <code>npx wrangler secret put {props.source.missing_secrets[0]}</code>
        </p>
      </Show>
      <Show when={!props.source.named}>
        <p>{copy().nameIt(props.source.id)}</p>
      </Show>
      <Show when={isAsked(props.source) && (props.source.served_at ?? props.source.token)}>
        <p class="muted">
          <Show when={props.source.served_at}>{(at) => <>{copy().servedAt(time(at()))} </>}</Show>
          <Show when={props.source.token}>{(token) => <>· {copy().tokenUntil(time(token().until))}</>}</Show>
        </p>
      </Show>
      <Show when={isAsked(props.source)}>
        <Denials denials={props.source.denials} />
      </Show>
    </li>
  );
}

export function SourceList(props: { sources: readonly Source[] }): JSX.Element {
  const copy = useStatusCopy();
  return (
    <section class="card" aria-labelledby="sources-title">
      <h3 id="sources-title">{copy().sourcesTitle}</h3>
      <ul class="state-list">
        <For each={props.sources}>{(source) => <SourceItem source={source} />}</For>
      </ul>
      <p class="muted small-note">
        {copy().sourcesUntried} <code>npm run doctor</code>
      </p>
    </section>
  );
}
