/** KW9: each of the vendor's services as an owner's check asks it, with one call where one is enough. */
import type { AskedService } from "../../app/ports/source-check.ts";
import {
  chartSample,
  indexSample,
  masterSample,
  quoteSample,
  tokenSample,
} from "../upstream/service-samples.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { CHART_SERVICES, KiwoomHistory } from "./daily-chart.ts";
import type { KiwoomAccess } from "./kiwoom-access.ts";
import { KiwoomClient } from "./kiwoom-client.ts";
import { KiwoomSnapshot, QUOTE_SERVICE } from "./multi-quote.ts";
import { KiwoomShareList, LIST_SERVICE } from "./share-list.ts";

/** The token comes first, then the list, which names the shares that the others are asked about. */
export function kiwoomServices(
  access: KiwoomAccess,
  beside: KiwoomClient,
  surroundings: Surroundings,
): readonly AskedService[] {
  const client = new KiwoomClient(access, surroundings, beside);
  const history = new KiwoomHistory(client, surroundings);
  const every = { dated: false, keyless: false };
  return [
    {
      ...every,
      name: "au10001",
      gives: "access token, and so nothing else of this vendor",
      ask: async () => tokenSample(await client.token("au10001")),
    },
    {
      ...every,
      name: LIST_SERVICE,
      gives: "master of the present",
      ask: () => masterSample(new KiwoomShareList(client, surroundings), surroundings.clock.now()),
    },
    {
      ...every,
      name: QUOTE_SERVICE,
      gives: "session of today at 15:40",
      ask: (question) => quoteSample(new KiwoomSnapshot(client, surroundings), question),
    },
    {
      ...every,
      name: CHART_SERVICES.share,
      gives: "past of single shares",
      ask: (question) => chartSample(history, question),
    },
    {
      ...every,
      name: CHART_SERVICES.index,
      gives: "close of the indices at 15:40",
      ask: (question) => indexSample(history, question),
    },
  ];
}
