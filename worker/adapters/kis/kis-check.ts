/** KI13: each of the vendor's services as an owner's check asks it, with one call where one is enough. */
import type { AskedService } from "../../app/ports/source-check.ts";
import {
  chartSample,
  EMPTY_SAMPLE,
  indexSample,
  masterSample,
  quoteSample,
  sampled,
  tokenSample,
} from "../upstream/service-samples.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { CHART_SERVICES, KisHistory } from "./chart-history.ts";
import type { KisAccess } from "./kis-access.ts";
import { KisClient } from "./kis-client.ts";
import { KisMaster, MASTER_SERVICE } from "./master-files.ts";
import { KisSnapshot, QUOTE_SERVICE } from "./multi-quote.ts";
import { CALENDAR_SERVICE, KisSessionOracle } from "./open-days.ts";

/** The master comes first: it needs no key, and names the shares that the others are asked about. */
export function kisServices(
  access: KisAccess,
  beside: KisClient,
  surroundings: Surroundings,
): readonly AskedService[] {
  const client = new KisClient(access, surroundings, beside);
  const history = new KisHistory(client, surroundings);
  const every = { dated: false, keyless: false };
  return [
    {
      ...every,
      name: MASTER_SERVICE,
      gives: "master of the present (the files kospi_code.mst.zip and kosdaq_code.mst.zip)",
      keyless: true,
      ask: () => masterSample(new KisMaster(access, surroundings, true), surroundings.clock.now()),
    },
    {
      ...every,
      name: "tokenP",
      gives: "access token, and so nothing else of this vendor",
      ask: async () => tokenSample(await client.token()),
    },
    {
      ...every,
      name: QUOTE_SERVICE,
      gives: "session of today at 15:40",
      ask: (question) => quoteSample(new KisSnapshot(client, surroundings), question),
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
    {
      ...every,
      name: CALENDAR_SERVICE,
      gives: "calendar of the vendor",
      ask: async ({ day }) =>
        sampled(await new KisSessionOracle(client, surroundings).sessions(day), (sessions) => ({
          ...EMPTY_SAMPLE,
          count: sessions.size,
          sessions,
        })),
    },
  ];
}
