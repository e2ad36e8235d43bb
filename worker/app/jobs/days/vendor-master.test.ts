/** IG8c: what becomes of the master when two vendors publish it, each in part. */
import { describe, it } from "vitest";
import { completeInstrument } from "../../../adapters/csv/read-instruments.ts";
import type { Instrument } from "../../../core/instrument/instrument.ts";
import { tickerOf } from "../../../core/nominal.ts";
import { makeRandom } from "../../../testing/chance/random.ts";
import { dayOf } from "../../../testing/builders/signal-builder.ts";
import { MemoryInstruments } from "../../../testing/memory/memory-ports.ts";
import type { MasterLine, MasterSource, SourceId } from "../../ports/market-sources.ts";
import { fetchMasters } from "./vendor-master.ts";

const TODAY = dayOf("2026-09-16");
const TICKER = tickerOf("005930");

const OFFICIAL: MasterLine = {
  ticker: TICKER,
  name: "가상전자",
  nameEn: "Gasang Electronics",
  market: "KOSDAQ",
  kind: "common",
  notice: null,
  listedOn: dayOf("1975-06-11"),
  listedShares: 5_919_637_922,
};
/** As the vendor of the present writes the same. */
const PRESENT: MasterLine = {
  ticker: TICKER,
  name: "가상전자(주)",
  market: "KOSDAQ",
  kind: "common",
  notice: null,
  listedOn: dayOf("1975-06-11"),
  listedShares: 5_919_637_000,
};

function sourceOf(id: SourceId, line: Partial<MasterLine> | null): MasterSource {
  const whole = { ...(id === "krx" ? OFFICIAL : PRESENT), ...line };
  return {
    id,
    instruments: () =>
      Promise.resolve(
        line === null
          ? { status: "not_ready" as const, retryAt: 0 }
          : { status: "ok" as const, value: [whole], at: 0 },
      ),
  };
}

class Stage {
  readonly instruments = new MemoryInstruments();

  /** `null`: the source has nothing; a source that is not named is not asked. */
  async fetch(
    lines: Partial<Record<"kis" | "krx", Partial<MasterLine> | null>>,
  ): Promise<Instrument | undefined> {
    const asked = (["kis", "krx"] as const).flatMap((id) => {
      const line = lines[id];
      return line === undefined ? [] : [{ master: sourceOf(id, line), day: TODAY }];
    });
    const { instruments } = this;
    await fetchMasters("KRX", asked, {
      instruments,
      complete: completeInstrument,
      clock: { now: () => 1 },
    });
    return instruments.lists.KRX[0];
  }
}

describe("the listed shares", () => {
  it("[IG8c] are the exact ones, whichever vendor answers, while both count the same", async ({ expect }) => {
    const stage = new Stage();
    expect((await stage.fetch({ kis: {} }))?.listedShares).toBe(5_919_637_000);
    expect((await stage.fetch({ kis: {}, krx: {} }))?.listedShares).toBe(5_919_637_922);
    expect((await stage.fetch({ kis: {}, krx: null }))?.listedShares).toBe(5_919_637_922);
    expect((await stage.fetch({ kis: { listedShares: null } }))?.listedShares).toBe(5_919_637_922);
    expect((await stage.fetch({ krx: {} }))?.listedShares).toBe(5_919_637_922);
  });

  it("[IG8c] are to the thousand from the day on which they change until the exact ones come", async ({
    expect,
  }) => {
    const stage = new Stage();
    await stage.fetch({ krx: {} });
    const split = { listedShares: 29_598_189_000 };
    expect((await stage.fetch({ kis: split, krx: null }))?.listedShares).toBe(29_598_189_000);
    expect((await stage.fetch({ krx: { listedShares: 29_598_189_610 } }))?.listedShares).toBe(29_598_189_610);
    expect((await stage.fetch({ kis: split }))?.listedShares).toBe(29_598_189_610);
  });
});

describe("the notice", () => {
  it("[IG8c] of a listing that ends stays where the exchange's own master publishes none or a lesser one", async ({
    expect,
  }) => {
    const stage = new Stage();
    const ends = { notice: "liquidation" } as const;
    const lesser = { notice: "administration" } as const;
    expect((await stage.fetch({ kis: ends, krx: {} }))?.notice).toBe("liquidation");
    expect((await stage.fetch({ krx: {} }))?.notice).toBe("liquidation");
    expect((await stage.fetch({ krx: lesser }))?.notice).toBe("liquidation");
    expect((await stage.fetch({ kis: ends, krx: lesser }))?.notice).toBe("liquidation");
    // The vendor that publishes all of them states that there is none any more.
    expect((await stage.fetch({ kis: {}, krx: null }))?.notice).toBeNull();
  });

  it("[IG8c] is that of today, though yesterday's master has another one or none", async ({ expect }) => {
    const stage = new Stage();
    const administration = { notice: "administration" } as const;
    expect((await stage.fetch({ krx: administration }))?.notice).toBe("administration");
    expect((await stage.fetch({ kis: {}, krx: administration }))?.notice).toBeNull();
    expect((await stage.fetch({ kis: { notice: "caution" }, krx: administration }))?.notice).toBe("caution");
    expect((await stage.fetch({ kis: administration, krx: {} }))?.notice).toBe("administration");
    expect((await stage.fetch({ krx: {} }))?.notice).toBeNull();
  });
});

it("[IG8c] what both publish besides is the exchange's own, and nothing empty takes anything away", async ({
  expect,
}) => {
  const stage = new Stage();
  const own = { name: "가상전자", nameEn: "Gasang Electronics", listedOn: dayOf("1975-06-11") };
  expect(await stage.fetch({ kis: {}, krx: {} })).toMatchObject(own);
  expect(await stage.fetch({ krx: { nameEn: null, listedOn: null, listedShares: null } })).toMatchObject(own);
  expect(await stage.fetch({ kis: { listedOn: null }, krx: null })).toMatchObject({
    nameEn: own.nameEn,
    listedOn: own.listedOn,
  });
});

describe("[IG8d] a text of a master", () => {
  /** In the stored name nothing of this kind stands. */
  const UNSEEN =
    /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\p{M}{3}|^ | $| {2}/u;
  const PARTS = [
    ["가", "상", "전", "A", "z", "9", "&", "(주)", "é", "e\u0301"],
    ["\u0000", "\u001B[2J", "\n", "\t", "\u0085", "\u2028", "\u00A0", "\u3000"],
    ["\u202E", "\u2066", "\u200B", "\u200D", "\uFEFF", "\u00AD", "\u3164", "\uFE0F", "\u{E0041}"],
    ["\uD800", "\uE000", "\uFFFF", "\u0301".repeat(40), " ".repeat(30)],
  ].flat();
  const visible = (text: string): string =>
    text.normalize("NFD").replaceAll(/[^\p{L}\p{N}\p{P}]|\u3164/gu, "");

  it("[IG8d] is what can be seen of it, letter by letter, from every vendor and in every field", async ({
    expect,
  }) => {
    const random = makeRandom(29);
    const text = (): string =>
      Array.from(
        { length: 1 + Math.floor(random() * 40) },
        () => PARTS[Math.floor(random() * PARTS.length)] ?? "",
      ).join("");
    let named = 0;
    for (let n = 0; n < 3_000; n++) {
      const line = { name: text(), nameEn: text(), industry: text() };
      const stage = new Stage();
      const made = await stage.fetch({ [n % 2 === 0 ? "kis" : "krx"]: line });
      // The escape of a terminal loses its first character, and with it its force.
      const seen = visible(line.name);
      expect(made === undefined || visible(made.name) === seen, JSON.stringify(line)).toBe(true);
      for (const stored of [made?.name, made?.nameEn, made?.industry]) {
        expect(UNSEEN.test(stored ?? ""), JSON.stringify(line)).toBe(false);
      }
      named += made === undefined ? 0 : 1;
    }
    expect(named).toBeGreaterThan(2_500);
  });

  it("[IG8d] of which nothing is left, or that is too long, takes nothing away", async ({ expect }) => {
    const stage = new Stage();
    expect(await stage.fetch({ krx: { industry: "부품" } })).toMatchObject({ nameEn: "Gasang Electronics" });
    const whole = { name: "가상전자", nameEn: "Gasang Electronics", industry: "부품" };
    for (const text of ["\u200B\u202E", "가".repeat(201)]) {
      expect(await stage.fetch({ krx: { name: text, nameEn: text, industry: text } })).toMatchObject(whole);
    }
    expect(await stage.fetch({ krx: { name: `가${"\u200B".repeat(300)}상` } })).toMatchObject({
      name: "가상",
    });
    expect(await new Stage().fetch({ krx: { name: "가".repeat(201) } })).toBeUndefined();
  });
});
