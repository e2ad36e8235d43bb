import { describe, it } from "vitest";
import { listenForWakes, type Wake } from "./wake.ts";

class Page extends EventTarget {
  hidden = false;
}

describe("wakes", () => {
  it("[LV3] are the network, the tab and the page cache, and end when asked", ({ expect }) => {
    const [window, document] = [new EventTarget(), new Page()];
    const wakes: Wake[] = [];
    const stop = listenForWakes({ window, document, navigator: { onLine: true } }, (wake) =>
      wakes.push(wake),
    );
    window.dispatchEvent(new Event("offline"));
    window.dispatchEvent(new Event("online"));
    document.hidden = true;
    document.dispatchEvent(new Event("visibilitychange"));
    document.hidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    window.dispatchEvent(new Event("pageshow"));
    expect(wakes).toEqual(["offline", "online", "hidden", "shown", "shown"]);
    stop();
    window.dispatchEvent(new Event("online"));
    document.dispatchEvent(new Event("visibilitychange"));
    expect(wakes).toHaveLength(5);
  });

  it("[LV3] wake a page that begins without network or in the background", ({ expect }) => {
    const document = new Page();
    document.hidden = true;
    const wakes: Wake[] = [];
    listenForWakes({ window: new EventTarget(), document, navigator: { onLine: false } }, (wake) =>
      wakes.push(wake),
    );
    expect(wakes).toEqual(["offline", "hidden"]);
  });
});
