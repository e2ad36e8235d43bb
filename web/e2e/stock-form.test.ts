/** What a share's page shows of its form: the base that came nearest, and every rule of it. */
import { describe, it } from "vitest";
import { FORM_RULES } from "../../worker/core/vcp/form-rules.ts";
import type { StockBody } from "../../worker/protocol/rest/stock.ts";
import { findingsOf } from "./accessibility.ts";
import type { OpenPage } from "./browser.ts";
import { stagePage } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { detailOf, ROWS } from "./stub-signals.ts";
import { LACKING, NEAR_BASE, STOCK_NEAR } from "./stub-stock.ts";

const stage = stagePage();
const PATIENT = { timeout: 10_000 };

/** Pixels of the chart in the ink of the page's own text (light theme), which only the pattern of a candidate has. */
const INKED = `[...document.querySelectorAll(".chart-host canvas")].reduce((sum, one) => {
  const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    count += data[i] === 22 && data[i + 1] === 24 && data[i + 2] === 29 && data[i + 3] === 255 ? 1 : 0;
  }
  return sum + count;
}, 0)`;

async function show(stock: StockBody, locale: string, path = "/s/068270"): Promise<OpenPage> {
  const opened = await stage.open({ locale });
  await stubApi(opened.page, { [`/api/kr/stocks/${STOCK_NEAR.ticker}`]: { body: stock } });
  await opened.page.goto(`${stage.url()}${path}`);
  await opened.page.locator(".chart-host canvas").first().waitFor();
  return opened;
}

const { verdict } = STOCK_NEAR;
if (verdict === null) {
  throw new Error("The stub has a verdict");
}

/** As {@link STOCK_NEAR}, but a candidate by the same base. */
const LISTED: StockBody = {
  ...STOCK_NEAR,
  verdict: {
    ...verdict,
    valid: true,
    detected: true,
    grade: "B",
    state: "FORMING",
    footprint: NEAR_BASE.footprint,
    contractions: NEAR_BASE.contractions,
    base_bars: NEAR_BASE.base_bars,
    pivot: NEAR_BASE.pivot,
    stop_loss: NEAR_BASE.stop_loss,
    near_miss: null,
    rules: verdict.rules.map((rule) => ({ ...rule, met: true })),
    rules_of: "listed",
    flags: ["touched", "gap"],
  },
};

const TEXTS = [
  {
    locale: "ko-KR",
    near: `가장 근접한 베이스: ${LACKING.id} ${LACKING.ko}`,
    summary: "좌측 고점 171,200 (2025-03-18)부터 2회 수축 −19.5%, −13.7%, 피벗 168,900, 손절 155,400",
    count: `측정한 규칙 ${FORM_RULES.length - 1}개 중 ${FORM_RULES.length - 2}개 충족, 1개 측정 불가`,
    unmet: "미충족: ",
    lack: LACKING.ko,
    flag: "마지막 수축의 고점을 이미 넘어섬: 이후의 더 높은 고점이 피벗이며 새 수축이 필요",
  },
  {
    locale: "en-US",
    near: `Closest base: ${LACKING.id} ${LACKING.en.charAt(0).toUpperCase()}${LACKING.en.slice(1)}`,
    summary:
      "From the left-side high of 171,200 (2025-03-18): 2 contractions −19.5%, −13.7%, pivot 168,900, stop 155,400",
    count: `${FORM_RULES.length - 2} of ${FORM_RULES.length - 1} measured rules met, 1 not measured`,
    unmet: "Not met: ",
    lack: `${LACKING.en.charAt(0).toUpperCase()}${LACKING.en.slice(1)}`,
    flag: "Already traded above the last contraction's high: the later high is the pivot, and a new contraction is needed",
  },
] as const;

describe("the form of a share", () => {
  it.for(TEXTS)("[UI46] draws the nearest base faded and names it ($locale)", async (text, { expect }) => {
    const { page, complaints } = await show(STOCK_NEAR, text.locale);
    await expect
      .poll(async () => page.locator("figure.chart-frame").getAttribute("aria-label"))
      .toBe(`${text.near}. ${text.summary}`);
    await expect.poll(async () => (await page.locator(".chart-note").innerText()).trim()).toBe(text.near);
    const table = page.locator(".below .detail-table").first();
    await expect
      .poll(async () => (await table.locator("caption").innerText()).trim())
      .toMatch(new RegExp(`${text.near}$`, "u"));
    await expect
      .poll(async () => table.locator("tbody tr").allInnerTexts())
      .toHaveLength(NEAR_BASE.contractions.length);
    await expect.poll(async () => table.innerText()).toContain("171,200");
    expect(complaints).toEqual([]);
    await page.locator(".chart-wait").waitFor({ state: "detached" });
    const inkOf = async (shown: OpenPage["page"]): Promise<number> => shown.evaluate<number>(INKED);
    await expect.poll(async () => inkOf(page)).toBe(0);
    // The same bars and the same base, drawn as that of a candidate.
    const listed = await show(LISTED, text.locale);
    await expect.poll(async () => listed.page.locator(".chart-note").count()).toBe(0);
    await expect
      .poll(async () => listed.page.locator("figure.chart-frame").getAttribute("aria-label"))
      .toBe(text.summary);
    await expect.poll(async () => inkOf(listed.page), PATIENT).toBeGreaterThan(1_000);
    await expect.poll(async () => listed.page.locator(".flag-list li").first().innerText()).toBe(text.flag);
  });

  it.for(TEXTS)(
    "[UI46] lists every rule with value, limit and result ($locale)",
    async (text, { expect }) => {
      const { page } = await show(STOCK_NEAR, text.locale);
      const rows = page.locator(".form-checklist tbody tr");
      const ids = await Promise.all(
        (await rows.all()).map(async (row) => (await row.getAttribute("data-rule")) ?? ""),
      );
      expect(ids.toSorted()).toEqual(FORM_RULES.map(({ id }) => id).toSorted());
      await expect.poll(async () => page.locator(".form-card .panel-head").innerText()).toContain(text.count);
      const unmet = page.locator(".form-checklist .term-fail");
      await expect.poll(async () => unmet.count()).toBe(1);
      const line = async () => (await unmet.innerText()).replaceAll(/\s+/gu, " ").trim();
      await expect
        .poll(line)
        .toMatch(new RegExp(`^✕ ${text.unmet}.* ${LACKING.id} ${text.lack} 13\\.7% ≤ `, "u"));
      // Nothing of the kind happened: a dash, and not held against the share.
      const unasked = page.locator(".form-checklist .term-unavailable");
      await expect.poll(async () => unasked.count()).toBe(1);
      await expect.poll(async () => unasked.innerText()).toContain("–");
    },
  );

  it("[UI46] shows candles alone where no base can be read, and asks the rules of nothing", async ({
    expect,
  }) => {
    const miss = { rule: "BS0", value: 3, threshold: 15, base: null };
    const rules = verdict.rules.map((rule) => ({ ...rule, value: null, met: null }));
    const bare: StockBody = {
      ...STOCK_NEAR,
      verdict: { ...verdict, near_miss: miss, rules, rules_of: null },
    };
    const { page } = await show(bare, "en-US");
    await expect.poll(async () => page.locator(".chart-note").count()).toBe(0);
    await expect
      .poll(async () => page.locator("figure.chart-frame").getAttribute("aria-label"))
      .toBe("Daily bars, volume, 50-, 150- and 200-day averages");
    await expect.poll(async () => page.locator(".form-card").innerText()).toContain("No base found");
    await expect
      .poll(async () => page.locator(".form-card .panel-head .number").innerText())
      .toBe(`${FORM_RULES.length} not measured`);
    await expect
      .poll(async () => page.locator(".form-checklist .term-unavailable").count())
      .toBe(FORM_RULES.length);
  });

  it("[UI46] asks a signal's own base limits to stay listed", async ({ expect }) => {
    const own: StockBody = { ...STOCK_NEAR, verdict: { ...verdict, rules_of: "own" } };
    const { page } = await show(own, "en-US");
    await expect.poll(async () => page.locator(".form-card").innerText()).toContain("limits to stay listed");
    const line = async () => page.locator(`[data-rule="${LACKING.id}"] td`).last().innerText();
    await expect.poll(line).toBe(`≤ ${(100 * LACKING.keep).toFixed(1)}%`);
    // The limit that keeps is not met either.
    await expect.poll(async () => page.locator(".verdict-result").innerText()).toBe("Not a VCP candidate.");
  });

  it.for([
    [
      "ko-KR",
      "유지 기준을 충족해 목록에 남아 있지만, 신규 편입 기준에는 못 미칩니다.",
      "신규 편입 탈락 규칙",
    ],
    [
      "en-US",
      "Still listed: it meets the limits to stay, but not those for a new listing.",
      "Fails for a new listing",
    ],
  ] as const)(
    "[UI46a] states that an open signal stays listed, and draws its base plainly (%s)",
    async ([locale, result, why], { expect }) => {
      const rules = verdict.rules.map((rule) => ({ ...rule, met: true }));
      const own: StockBody = { ...STOCK_NEAR, verdict: { ...verdict, rules, rules_of: "own" } };
      const { page } = await show(own, locale);
      await expect.poll(async () => page.locator(".verdict-result").innerText()).toBe(result);
      const [first] = await page.locator(".why-not > div").allInnerTexts();
      expect(first?.replaceAll(/\s+/gu, " ")).toMatch(new RegExp(`^${why} .* ${LACKING.id}$`, "u"));
      await expect.poll(async () => page.locator(".chart-note").count()).toBe(0);
      await expect.poll(async () => page.locator(".below caption .near").count()).toBe(0);
      await expect.poll(async () => page.evaluate<number>(INKED), PATIENT).toBeGreaterThan(1_000);
    },
  );

  it("[UI30] shows the parts of a score that keeps a share off the list, and none where there is none", async ({
    expect,
  }) => {
    const [row] = ROWS;
    const { verdict: valid } = LISTED;
    if (row === undefined || valid === null) {
      throw new Error("The stubs have a row and a verdict");
    }
    const refused: StockBody = {
      ...LISTED,
      verdict: {
        ...valid,
        detected: false,
        grade: "D",
        score: 52.4,
        score_terms: detailOf(row).score_terms,
        near_miss: { rule: "SC", value: 52.4, threshold: 55, base: NEAR_BASE },
      },
    };
    const { page } = await show(refused, "en-US");
    const score = page.locator(".score-details");
    await expect.poll(async () => (await score.locator("summary").innerText()).trim()).toMatch(/52\.4$/u);
    await score.locator("summary").click();
    await expect.poll(async () => score.locator(".score-part").allInnerTexts()).toHaveLength(4);
    await expect
      .poll(async () => score.locator("tbody tr").count())
      .toBe(4 + Object.keys(detailOf(row).score_terms).length);
    const bare = await show(STOCK_NEAR, "en-US");
    await bare.page.locator(".form-card").waitFor();
    await expect.poll(async () => bare.page.locator(".score-details").count()).toBe(0);
  });

  it("[UI48][UI30] shows the base and the flags of a signal, the cause of a revision, and of old points the total", async ({
    expect,
  }) => {
    const [row] = ROWS;
    const opened = await stage.open({ locale: "en-US" });
    const detail = row && {
      ...detailOf(row),
      flags: ["old_law", "wick"] as const,
      touched_on: "2025-06-10",
      score_terms: { trend_passed: 14, pivot_overhead: 2.5 },
      params_version: "vcp-3",
    };
    const path = `/api/kr/signals/${row?.id}`;
    const events = {
      exchange: "KRX",
      signal_id: row?.id,
      count: 1,
      events: [
        {
          seq: 1,
          session: "2025-06-12",
          from: "FORMING",
          to: "FORMING",
          reason: "revised",
          values: { cause: "higher_high", pivot: 71_900 },
          at: "2025-06-12T18:20:00.000+09:00",
          run_id: "run-1",
          superseded_by: null,
        },
      ],
    };
    await stubApi(opened.page, { [path]: { body: detail ?? {} }, [`${path}/events`]: { body: events } });
    await opened.page.goto(`${stage.url()}/signals/${row?.id}`);
    const { page } = opened;
    await page.locator(".base-facts").waitFor();
    const facts = async () => (await page.locator(".base-facts dl").innerText()).replaceAll(/\s+/gu, " ");
    await expect.poll(facts).toContain("Left-side high 2025-03-04");
    await expect.poll(facts).toContain("Traded above the last contraction's high 2025-06-10");
    await expect.poll(facts).toContain("Last contraction −4.0%");
    await expect
      .poll(async () => page.locator(".flag-list li").allInnerTexts())
      .toEqual([
        "Found under an earlier version of the rules: its pattern is kept as it was",
        "A high or low of the base is the wick of a single bar",
      ]);
    await expect
      .poll(async () => page.locator(".score-details").innerText())
      .toMatch(/71\.3[^]*Scored under an earlier version/);
    await expect.poll(async () => page.locator(".score-details table").count()).toBe(0);
    await page.locator(".event-values", { hasText: "higher high" }).waitFor();
  });

  it("[UI220][UI221][UI223][UI224] sizes a position from what is typed, names what a field lacks, remembers, and leads elsewhere", async ({
    expect,
  }) => {
    const [row] = ROWS;
    const { page, complaints } = await stage.open({ locale: "en-US" });
    await stubApi(page);
    await page.goto(`${stage.url()}/signals/${row?.id}`);
    const card = page.locator(".position");
    await card.locator("summary").click();
    const field = (name: string) => card.locator(`input[name=${name}]`);
    await field("equity").fill("1,000만");
    await expect.poll(async () => card.locator("output").innerText(), PATIENT).toBe("24 shares");
    await field("risk").click();
    await expect.poll(async () => field("equity").inputValue()).toBe("10,000,000");
    await expect
      .poll(async () => (await card.locator("dl").innerText()).replaceAll(/\s+/gu, " "))
      .toContain("Cost ₩1,727,328 (17.3% of equity) Loss at the stop ₩96,720 (limit ₩100,000)");
    // The close as entry is nearer to the stop: more shares, and never more at risk.
    await card.locator(".position-takes button", { hasText: "Close" }).click();
    await expect.poll(async () => card.locator("output").innerText()).toBe("30 shares");
    await field("stop").fill("71,203");
    await expect
      .poll(async () => card.locator(".field-error").innerText())
      .toBe("The stop must be below the entry: the distance between them is 1R.");
    await expect.poll(async () => field("stop").getAttribute("aria-invalid")).toBe("true");
    await expect.poll(async () => card.locator("output").count()).toBe(0);
    await expect.poll(async () => card.innerText()).not.toContain("NaN");
    expect(await findingsOf(page)).toEqual([]);
    await page.reload();
    await expect.poll(async () => card.locator("output").innerText(), PATIENT).toBe("24 shares");
    await expect.poll(async () => card.innerText()).toContain("Not a recommendation to buy or sell.");
    await expect
      .poll(async () =>
        page.evaluate(
          "[...document.querySelectorAll('.outside a')].map((a) => [new URL(a.href).host, a.target, a.rel].join(' '))",
        ),
      )
      .toEqual(
        ["www.tradingview.com", "finance.naver.com", "dart.fss.or.kr"].map(
          (host) => `${host} _blank external noopener noreferrer`,
        ),
      );
    expect(complaints).toEqual([]);
  });
});
