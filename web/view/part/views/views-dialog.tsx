/** Views of the list under names of the reader's own, and the address of the present one. Loads when it is opened. */
import { createSignal, For, type JSX, Show } from "solid-js";
import { VIEWS_TEXTS } from "../../../i18n/views-texts.ts";
import {
  MAX_NAME,
  MAX_VIEWS,
  type NameFailure,
  type SavedViews,
  savedViewsOf,
} from "../../../store/device/saved-views.ts";
import { useApp } from "../../app-context.tsx";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import { decodeQuery } from "../../filter/list-query.ts";
import { Modal } from "../ui/modal.tsx";
import { NameForm } from "../ui/name-form.tsx";

type Texts = (typeof VIEWS_TEXTS)["ko"];

/** The name of a view: of a new one, or another one for one that is there. */
function ViewNameForm(props: {
  texts: Texts;
  value: string;
  button: string;
  takesFocus?: boolean;
  onName: (name: string) => NameFailure | "saved";
}): JSX.Element {
  return (
    <NameForm
      label={props.texts.name}
      value={props.value}
      button={props.button}
      takesFocus={props.takesFocus === true}
      maxLength={MAX_NAME}
      failures={props.texts.failure}
      onName={(name) => {
        const answer = props.onName(name);
        return answer === "saved" ? null : answer;
      }}
    />
  );
}

/** Opens a view, renames it, or deletes it. */
function ViewButtons(props: {
  texts: Texts;
  name: string;
  onOpen: () => void;
  onRename: () => void;
  onRemove: () => void;
}): JSX.Element {
  const buttons = (): readonly (readonly [text: string, label: string | undefined, press: () => void])[] => [
    [props.name, undefined, props.onOpen],
    [props.texts.rename, props.texts.renameOf(props.name), props.onRename],
    [props.texts.remove, props.texts.removeOf(props.name), props.onRemove],
  ];
  return (
    <For each={buttons()}>
      {([text, label, press]) => (
        <button
          type="button"
          class={label === undefined ? "quiet" : "action"}
          aria-label={label}
          onClick={press}
        >
          {text}
        </button>
      )}
    </For>
  );
}

function ViewList(props: { texts: Texts; views: SavedViews; onOpen: (search: string) => void }): JSX.Element {
  const [renamed, setRenamed] = createSignal<string | null>(null);
  function rename(from: string, to: string): NameFailure | "saved" {
    const answer = props.views.rename(from, to);
    if (answer === "saved") {
      setRenamed(null);
    }
    return answer;
  }
  return (
    <ul class="view-list">
      <For each={props.views.all()}>
        {(view) => (
          <li>
            <Show
              when={renamed() === view.name}
              fallback={
                <ViewButtons
                  texts={props.texts}
                  name={view.name}
                  onOpen={() => {
                    props.onOpen(view.search);
                  }}
                  onRename={() => setRenamed(view.name)}
                  onRemove={() => {
                    props.views.remove(view.name);
                  }}
                />
              }
            >
              <ViewNameForm
                texts={props.texts}
                value={view.name}
                button={props.texts.done}
                takesFocus
                onName={(name) => rename(view.name, name)}
              />
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}

export function ViewsDialog(props: { filter: ListFilter; onClose: () => void }): JSX.Element {
  const { locale, device } = useApp();
  const texts = (): Texts => VIEWS_TEXTS[locale()];
  const views = savedViewsOf(device);
  const address = (): string => `${location.origin}/${props.filter.search()}`;
  const isOfDevice = (): boolean => props.filter.query().isNew || props.filter.query().list !== null;
  return (
    <Modal
      title={texts().title}
      onClose={() => {
        props.onClose();
      }}
    >
      <label class="view-link">
        {texts().link}
        <input
          readonly
          value={address()}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
        />
      </label>
      <p class="muted">
        {texts().linkNote} <Show when={isOfDevice()}>{texts().linkDevice}</Show>
      </p>
      <h3>{texts().saved}</h3>
      <Show when={views.all().length > 0} fallback={<p>{texts().none}</p>}>
        <ViewList
          texts={texts()}
          views={views}
          onOpen={(search) => {
            props.filter.choose(decodeQuery(search));
            props.onClose();
          }}
        />
      </Show>
      <ViewNameForm
        texts={texts()}
        value=""
        button={texts().save}
        onName={(name) => views.save({ name, search: props.filter.search() })}
      />
      <p class="muted">{texts().savedNote(views.all().length, MAX_VIEWS)}</p>
      <Show when={views.kept.isAside()}>
        <p class="notice warn">{texts().aside}</p>
      </Show>
      <Show when={!views.kept.isKept()}>
        <p class="notice warn">{texts().notKept}</p>
      </Show>
    </Modal>
  );
}
