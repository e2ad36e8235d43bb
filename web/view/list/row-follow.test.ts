import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { createRowFollow } from "./row-follow.ts";

const LIST = { pathname: "/" };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", () => 0);
  vi.stubGlobal("cancelAnimationFrame", () => undefined);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the press on a row", () => {
  it.for([
    ["Back", -1],
    ["a key or a link", "/runs"],
    ["a page with a search", "/watch/starred?sort=name"],
  ] as const)("[UI258] is taken back by %s within its frame", ([, to], { expect }) => {
    const went: string[] = [];
    const { press, leave } = createRowFollow((href) => went.push(href));
    press("/signals/a");
    leave({ from: LIST, to });
    vi.runAllTimers();
    expect(went).toEqual([]);
    press("/signals/b");
    vi.runAllTimers();
    expect(went).toEqual(["/signals/b"]);
  });

  it("[UI258] counts where the list alone is written anew, and the later of two counts", ({ expect }) => {
    const went: string[] = [];
    const { press, leave } = createRowFollow((href) => went.push(href));
    press("/signals/a");
    press("/signals/b");
    leave({ from: LIST, to: "/?state=READY" });
    vi.runAllTimers();
    expect(went).toEqual(["/signals/b"]);
  });
});
