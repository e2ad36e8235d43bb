/** Vendors as an installation with all keys has them, in front of the fakes. */
import { KIS_SERVICES, makeKis } from "../../adapters/kis/kis.ts";
import { makeKiwoom } from "../../adapters/kiwoom/kiwoom.ts";
import { KRX_SERVICES, KrxSource } from "../../adapters/krx/krx-source.ts";
import { tokenTimes } from "../../adapters/upstream/access-tokens.ts";
import { sourceState } from "../../adapters/upstream/source-state.ts";
import type { MarketSources } from "../../app/ports/market-sources.ts";
import type { CheckableSources } from "../../app/ports/source-check.ts";
import type { SourceState } from "../../app/ports/market-status.ts";
import type { VendorStage } from "../fakes/vendor-stage.ts";
import { krxSourceOf } from "../stage/krx-stage.ts";

/** How both stand, by what the stage's store keeps. */
export async function statesOf({ store, clock, log, vars }: VendorStage): Promise<readonly SourceState[]> {
  const secret = (name: string): readonly [string, string | undefined] => [name, vars[name]];
  const kis = [secret("KIS_APP_KEY"), secret("KIS_APP_SECRET")];
  const token = await tokenTimes("kis", kis.map(([, value]) => value ?? "").join(""), store);
  const deps = { store, clock, log };
  return [
    await sourceState(
      { id: "krx", isNamed: true, secrets: [secret("KRX_AUTH_KEY")], services: KRX_SERVICES },
      null,
      deps,
    ),
    await sourceState({ id: "kis", isNamed: true, secrets: kis, services: KIS_SERVICES }, token, deps),
  ];
}

export function bothSourcesOf(stage: VendorStage): CheckableSources {
  // Longer than a test may take: a real time that ends a call on a busy machine would have it asked and counted twice.
  const around = { ...stage.surroundings(), patienceMs: 60_000 };
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
  return {
    day: krx,
    master: krx,
    present: kis.master,
    evening: kis,
    history: kis.history,
    oracle: kis.oracle,
    checked: [krx.checked, kis.checked],
  };
}

/** With a key of KRX alone. */
export function krxSourcesOf(stage: VendorStage): CheckableSources {
  const krx = krxSourceOf(stage);
  return {
    day: krx,
    master: krx,
    present: null,
    evening: null,
    history: null,
    oracle: null,
    checked: [krx.checked],
  };
}

/** Kiwoom alone, as an owner without any other key has it. */
export function kiwoomSourcesOf(stage: VendorStage): MarketSources {
  const read = (name: string): string => stage.vars[name] ?? "";
  const kiwoom = makeKiwoom(
    {
      restBase: read("KIWOOM_REST_BASE"),
      appKey: read("KIWOOM_APP_KEY"),
      secretKey: read("KIWOOM_SECRET_KEY"),
    },
    { ...stage.surroundings(), patienceMs: 60_000 },
  );
  const { master, history } = kiwoom;
  return { day: null, master: null, present: master, evening: kiwoom, history, oracle: null };
}
