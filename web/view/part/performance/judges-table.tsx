/** What the rules list of charts that people have judged, set by set. */
import { createMemo, For, type JSX, Show } from "solid-js";
import type { GoldFigures } from "../../../../worker/protocol/rest/gold-figures.ts";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { useOutcomeTexts } from "../../labels/outcome-texts.ts";
import { type FigureCard, FigureCards } from "./figure-cards.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";

interface Props {
  readonly figures: GoldFigures;
}

/** A part of a whole, with the share that it is. */
function useShare(): (n: number, all: number) => string {
  const { format } = useApp();
  const texts = useOutcomeTexts();
  return (n, all) => texts().of(format().integer(n), format().integer(all), format().percent(n / all));
}

/** The same as cards, where the table has no room. */
function Cards(props: Props): JSX.Element {
  const { format } = useApp();
  const texts = useOutcomeTexts();
  const share = useShare();
  const cards = createMemo((): readonly FigureCard[] =>
    props.figures.sets.map((set, i) => ({
      marks: { "data-set": set.file },
      name: texts().judgesSets[i] ?? set.file,
      facts: [
        [texts().judgesListed, format().integer(set.listed)],
        [texts().judgesHits, share(set.hits, set.listed)],
        [texts().judgesFound, share(set.hits, set.positives)],
      ],
    })),
  );
  return <FigureCards label={texts().judgesTitle} cards={cards()} />;
}

function Table(props: Props): JSX.Element {
  const { format } = useApp();
  const texts = useOutcomeTexts();
  const share = useShare();
  return (
    <ScrollRegion label={texts().judgesTitle}>
      <table class="outcomes judges">
        <caption class="visually-hidden">{texts().judgesTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{texts().judgesSet}</th>
            <th scope="col" class="number">
              {texts().judgesListed}
            </th>
            <th scope="col" class="number">
              {texts().judgesHits}
            </th>
            <th scope="col" class="number">
              {texts().judgesFound}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.figures.sets}>
            {(set, i) => (
              <tr data-set={set.file}>
                <th scope="row">{texts().judgesSets[i()]}</th>
                <td class="number">{format().integer(set.listed)}</td>
                <td class="number">{share(set.hits, set.listed)}</td>
                <td class="number">{share(set.hits, set.positives)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

export function JudgesTable(props: Props): JSX.Element {
  const texts = useOutcomeTexts();
  const wide = createMediaMatch("(min-width: 768px)");
  return (
    <>
      <p class="plain">{texts().judgesLead}</p>
      <Show when={wide()} fallback={<Cards figures={props.figures} />}>
        <Table figures={props.figures} />
      </Show>
    </>
  );
}
