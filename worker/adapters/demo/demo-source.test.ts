import { describe, it } from "vitest";
import { rowAt } from "../../core/bars/columns.ts";
import { demoSource } from "./demo-source.ts";

const [SESSIONS, SHARES] = [60, 240];

function generated(seed = 1) {
  const source = demoSource(seed, SESSIONS, SHARES);
  const past = source.history();
  let step = past.next();
  let last = 0;
  const closes = new Map<string, number>();
  while (step.done !== true) {
    for (const { ticker, columns } of step.value) {
      closes.set(ticker, columns.close.at(-1) ?? 0);
      last = Math.max(last, columns.day.at(-1) ?? 0);
    }
    step = past.next();
  }
  return { source, closes, last, ...step.value };
}

describe("the demo as a live market", () => {
  it("[DM40] goes on where its history ended, session after session, from bytes alone", ({ expect }) => {
    const { source, state, last, closes } = generated();
    const first = source.after(state);
    expect(first.day).toBeGreaterThan(last);
    for (const { ticker } of first.rows()) {
      const quote = first.quote(ticker, 0);
      const row = first.rows().find((one) => one.ticker === ticker);
      const base = row && rowAt(row.columns, 0).base;
      if (quote !== null && closes.has(ticker)) {
        expect(quote.previous).toBe(base ?? closes.get(ticker));
      }
    }
    const second = source.after(first.end());
    const elsewhere = demoSource(1, SESSIONS, SHARES).after(first.end());
    expect(elsewhere.rows()).toEqual(second.rows());
    expect(elsewhere.indexRows()).toEqual(second.indexRows());
    expect(second.day).toBeGreaterThan(first.day);
    expect(() => source.after(new Uint8Array(8))).toThrow("cannot be read");
  });

  it("[DM41] ends every quote on its final row, and quotes only what trades", ({ expect }) => {
    const { source, state } = generated();
    const session = source.after(state);
    let quoted = 0;
    for (const { ticker, columns } of session.rows()) {
      expect(columns.day).toHaveLength(1);
      const { close, high, low, volume } = rowAt(columns, 0);
      const quote = session.quote(ticker, 1);
      expect(quote === null).toBe(volume === 0);
      if (quote !== null) {
        quoted += 1;
        expect(quote).toMatchObject({ price: close, high, low, volume });
      }
    }
    expect(quoted).toBeGreaterThan(SHARES / 2);
    expect(session.quote("D99999", 0.5)).toBeNull();
    for (const { code, columns } of session.indexRows()) {
      const { close, volume } = rowAt(columns, 0);
      expect(session.index(code, 1)).toMatchObject({ price: close, volume });
    }
  });

  it("[DM41] gives the same quote whatever was asked before", ({ expect }) => {
    const { source, state } = generated();
    const [a, b] = [source.after(state), source.after(state)];
    const tickers = a.rows().map(({ ticker }) => ticker);
    const forward = tickers.map((ticker) => a.quote(ticker, 0.37));
    const backward = tickers.toReversed().map((ticker) => b.quote(ticker, 0.37));
    expect(backward.toReversed()).toEqual(forward);
    const kospi = generated().indices.find(({ code }) => code === "KOSPI");
    expect(a.index("KOSPI", 0).previous).toBe(kospi?.columns.close.at(-1));
  });
});

it("[DM3a] hands the shipped market's history over in blocks of at most 2 MB", ({ expect }) => {
  const past = demoSource(1).history();
  const step = past.next();
  const block = step.done === true ? [] : step.value;
  const bytes = block
    .flatMap(({ columns }) => Object.values(columns))
    .reduce((sum, column) => sum + (column?.byteLength ?? 0), 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(2e6);
});
