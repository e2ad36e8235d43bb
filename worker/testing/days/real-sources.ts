/** Both vendors as an installation with all keys has them, in front of the fakes. */
import { makeKis } from "../../adapters/kis/kis.ts";
import { KrxSource } from "../../adapters/krx/krx-source.ts";
import type { MarketSources } from "../../app/ports/market-sources.ts";
import type { VendorStage } from "../fakes/vendor-stage.ts";

export function bothSourcesOf(stage: VendorStage): MarketSources {
  const around = { ...stage.surroundings(), patienceMs: 5_000 };
  const read = (name: string): string => stage.vars[name] ?? "";
  const krx = new KrxSource({ base: read("KRX_BASE"), key: read("KRX_AUTH_KEY") }, around);
  const kis = makeKis(
    {
      restBase: read("KIS_REST_BASE"),
      masterBase: `${read("KIS_MASTER_BASE")}/common/master`,
      appKey: read("KIS_APP_KEY"),
      appSecret: read("KIS_APP_SECRET"),
    },
    around,
  );
  return { day: krx, master: krx, present: kis.master, evening: kis };
}
