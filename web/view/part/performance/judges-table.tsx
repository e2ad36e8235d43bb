/** What the rules list of charts that people have judged, set by set. */
import { For, type JSX } from "solid-js";
import type { GoldFigures } from "../../../../worker/protocol/rest/gold-figures.ts";
import { useApp } from "../../app-context.tsx";
import { useOutcomeTexts } from "../../labels/outcome-texts.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";

export function JudgesTable(props: { figures: GoldFigures }): JSX.Element {
  const { format } = useApp();
  const texts = useOutcomeTexts();
  const share = (n: number, all: number): string =>
    texts().of(format().integer(n), format().integer(all), format().percent(n / all));
  return (
    <>
      <p class="plain">{texts().judgesLead}</p>
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
    </>
  );
}
