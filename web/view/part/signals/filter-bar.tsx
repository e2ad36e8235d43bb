/** The chips over the list: what is shown, with the number behind each choice, and the ways to keep and to share it. */
import { createMemo, For, type JSX, lazy, Show, Suspense } from "solid-js";
import { GRADES } from "../../../../worker/core/scan/grade.ts";
import { INDEX_CODES } from "../../../../worker/core/instrument/instrument.ts";
import type { Dictionary } from "../../../i18n/ko.ts";
import { STARRED } from "../../../store/device/stars.ts";
import { useApp } from "../../app-context.tsx";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import {
  ACTIONABLE,
  ALL,
  choosesSame,
  type ListQuery,
  STATE_GROUPS,
  type StateGroup,
} from "../../filter/list-query.ts";
import { FilterChip, FilterGroup } from "./filter-chip.tsx";

const ListChip = lazy(async () => ({ default: (await import("./list-chip.tsx")).ListChip }));

const GROUP_LABELS = {
  ready: "stateREADY",
  today: "pickToday",
  forming: "stateFORMING",
  earlier: "pickEarlier",
  squat: "stateSQUAT",
  extended: "stateEXTENDED",
  halted: "stateSUSPENDED",
  ended: "changeEnded",
} as const satisfies Readonly<Record<StateGroup, keyof Dictionary>>;

/** Floors of the relative strength that have a chip; an address may name another. */
const FLOORS: readonly number[] = [80, 90, 95];

/** The choice with this one in or out. */
function toggled<T>(chosen: readonly T[], one: T, order: readonly T[]): readonly T[] {
  return order.filter((other) => (other === one) !== chosen.includes(other));
}

interface Props {
  readonly filter: ListFilter;
  /** Signals that are open now. */
  readonly openCount: number;
  /** How many the usual choice shows. */
  readonly actionableCount: number;
  /** `null` until it is known what has ended. */
  readonly endedCount: number | null;
  /** This device has been here before. */
  readonly hasVisit: boolean;
}

function StateChips(props: Props): JSX.Element {
  const { text } = useApp();
  const query = (): ListQuery => props.filter.query();
  const countOf = (group: StateGroup): number | null =>
    group === "ended" && props.endedCount === null
      ? null
      : (props.filter.filtered().counts.states[group] ?? 0);
  const shown = createMemo(() =>
    STATE_GROUPS.filter(
      (group) => group !== "halted" || query().states.includes(group) || countOf(group) !== 0,
    ),
  );
  return (
    <FilterGroup label={text().colState}>
      <For each={shown()}>
        {(group) => (
          <FilterChip
            label={text()[GROUP_LABELS[group]]}
            count={countOf(group)}
            isOn={query().states.includes(group)}
            title={group === "today" ? text().pickTodayHint : undefined}
            onPress={() => {
              props.filter.choose({ states: toggled(query().states, group, STATE_GROUPS) });
            }}
          />
        )}
      </For>
    </FilterGroup>
  );
}

function ValueChips(props: Props): JSX.Element {
  const { text } = useApp();
  const query = (): ListQuery => props.filter.query();
  const counts = createMemo(() => props.filter.filtered().counts);
  const floors = createMemo(() => [...new Set([...FLOORS, query().rs ?? 80])].toSorted((a, b) => a - b));
  return (
    <>
      <FilterGroup label={text().colForm}>
        <For each={GRADES}>
          {(grade) => (
            <FilterChip
              label={grade}
              count={counts().grades[grade] ?? 0}
              isOn={query().grades.includes(grade)}
              onPress={() => {
                props.filter.choose({ grades: toggled(query().grades, grade, GRADES) });
              }}
            />
          )}
        </For>
      </FilterGroup>
      <FilterGroup label={text().pickMarket}>
        <For each={INDEX_CODES}>
          {(market) => (
            <FilterChip
              label={market}
              count={counts().markets[market] ?? 0}
              isOn={query().markets.includes(market)}
              onPress={() => {
                props.filter.choose({ markets: toggled(query().markets, market, INDEX_CODES) });
              }}
            />
          )}
        </For>
      </FilterGroup>
      <FilterGroup label={text().colRsHint}>
        <For each={floors()}>
          {(floor) => (
            <FilterChip
              label={`${text().colRs} ${floor}+`}
              count={counts().rs(floor)}
              isOn={query().rs === floor}
              onPress={() => {
                props.filter.choose({ rs: query().rs === floor ? null : floor });
              }}
            />
          )}
        </For>
      </FilterGroup>
    </>
  );
}

/** What this device knows of the signals. */
function OwnChips(props: Props): JSX.Element {
  const { text } = useApp();
  const query = (): ListQuery => props.filter.query();
  const counts = createMemo(() => props.filter.filtered().counts);
  return (
    <FilterGroup label={text().pickMine}>
      <Show when={props.hasVisit || query().isNew}>
        <FilterChip
          label={text().pickNew}
          count={counts().isNew}
          isOn={query().isNew}
          title={text().pickNewHint}
          onPress={() => {
            props.filter.choose({ isNew: !query().isNew });
          }}
        />
      </Show>
      <FilterChip
        label={`★ ${text().pickStarred}`}
        count={counts().isStarred}
        isOn={query().list === STARRED}
        onPress={() => {
          props.filter.choose({ list: query().list === STARRED ? null : STARRED });
        }}
      />
      <Show when={query().list !== null && query().list !== STARRED}>
        <Suspense>
          <ListChip filter={props.filter} />
        </Suspense>
      </Show>
    </FilterGroup>
  );
}

/** The children stand at its end. */
export function FilterBar(props: Props & { children: JSX.Element }): JSX.Element {
  const { text } = useApp();
  const preset = (choice: ListQuery): void => {
    props.filter.choose({ ...choice, sort: props.filter.query().sort });
  };
  const isChosen = (choice: ListQuery): boolean => choosesSame(props.filter.query(), choice);
  return (
    <div class="filter-bar">
      <FilterGroup label={text().pickViews}>
        <FilterChip
          label={text().pickActionable}
          title={text().pickActionableHint}
          count={props.actionableCount}
          isOn={isChosen(ACTIONABLE)}
          onPress={() => {
            preset(ACTIONABLE);
          }}
        />
        <FilterChip
          label={text().pickAll}
          count={props.openCount}
          isOn={isChosen(ALL)}
          onPress={() => {
            preset(ALL);
          }}
        />
      </FilterGroup>
      <OwnChips {...props} />
      <StateChips {...props} />
      <ValueChips {...props} />
      {props.children}
    </div>
  );
}
