/** The filters of the archive: a form whose fields are the address. */
import { For, type JSX, Show } from "solid-js";
import {
  ARCHIVE_ENDINGS,
  ARCHIVE_GRADES,
  ARCHIVE_MARKETS,
  type ArchiveFilter,
  type ArchiveQuery,
} from "../../labels/archive-query.ts";
import { useOutcomeTexts } from "../../labels/outcome-texts.ts";

interface Props {
  readonly query: ArchiveQuery;
  readonly onChoose: (query: ArchiveQuery) => void;
}

/** `options`: values with what they are called. */
function Choice(props: {
  label: string;
  value: string | undefined;
  options: readonly (readonly [value: string, label: string])[];
  onChoose: (value: string) => void;
}): JSX.Element {
  const texts = useOutcomeTexts();
  return (
    <label>
      {props.label}
      <select
        value={props.value ?? ""}
        onChange={(event) => {
          props.onChoose(event.currentTarget.value);
        }}
      >
        <option value="">{texts().any}</option>
        <For each={props.options}>
          {([value, label]) => (
            <option value={value} selected={value === props.value}>
              {label}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}

interface Field {
  readonly query: ArchiveQuery;
  readonly put: (name: ArchiveFilter, value: string) => void;
}

function TextField(props: Field): JSX.Element {
  const texts = useOutcomeTexts();
  return (
    <label>
      {texts().text}
      <input
        type="search"
        maxLength={50}
        value={props.query.q ?? ""}
        onChange={(event) => {
          props.put("q", event.currentTarget.value);
        }}
      />
    </label>
  );
}

function Days(props: Field): JSX.Element {
  const texts = useOutcomeTexts();
  return (
    <For each={["from", "to"] as const}>
      {(name) => (
        <label>
          {texts()[name]}
          <input
            type="date"
            value={props.query[name] ?? ""}
            onChange={(event) => {
              props.put(name, event.currentTarget.value);
            }}
          />
        </label>
      )}
    </For>
  );
}

export function ArchiveFilters(props: Props): JSX.Element {
  const texts = useOutcomeTexts();
  const put = (name: ArchiveFilter, value: string): void => {
    props.onChoose({ ...props.query, [name]: value });
  };
  return (
    <form
      class="archive-filters"
      aria-label={texts().filters}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <TextField query={props.query} put={put} />
      <Choice
        label={texts().ending}
        value={props.query.ending}
        options={ARCHIVE_ENDINGS.map((name) => [name, texts().endings[name]])}
        onChoose={(value) => {
          put("ending", value);
        }}
      />
      <Choice
        label={texts().grade}
        value={props.query.entry_grade}
        options={ARCHIVE_GRADES.map((grade) => [grade, grade])}
        onChoose={(value) => {
          put("entry_grade", value);
        }}
      />
      <Choice
        label={texts().market}
        value={props.query.market}
        options={ARCHIVE_MARKETS.map((name) => [name, name])}
        onChoose={(value) => {
          put("market", value);
        }}
      />
      <Days query={props.query} put={put} />
      <Show when={Object.keys(props.query).length > 0}>
        <button
          type="button"
          class="action"
          onClick={() => {
            props.onChoose({});
          }}
        >
          {texts().clear}
        </button>
      </Show>
    </form>
  );
}
