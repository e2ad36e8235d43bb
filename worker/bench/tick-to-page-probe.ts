/** What runs inside the browser for the bench of the page: when each price came over the socket, and when a frame showed it. */
import * as v from "valibot";
import { MAX_TOPICS_A_MESSAGE } from "../protocol/messages/client-message.ts";

/** The bench's prices are this and the number of their tick: so a price on the page shows which tick it is of. */
const BASE = 70_000;
/** The tick of a price that the bench gave, as the probe counts. */
export function tickOfPrice(price: number): number {
  return price - BASE;
}

/** What one price of a page went through, in milliseconds since the epoch. */
const Sample = v.object({
  tick: v.number(),
  /** `null`: not seen on the socket. */
  arrived: v.nullable(v.number()),
  shown: v.number(),
});
export type Sample = v.InferOutput<typeof Sample>;

export const PageFigures = v.object({
  samples: v.array(Sample),
  /** Animation frames, and those that should have come between two of them at 60 a second. */
  frames: v.number(),
  dropped: v.number(),
  /** Tasks of more than 50 ms, each in milliseconds. */
  longTasks: v.array(v.number()),
});
export type PageFigures = v.InferOutput<typeof PageFigures>;

/** Before any other script. `takeFigures()` answers with what was seen since it was asked last. */
export const PROBE = `(() => {
  const now = () => performance.timeOrigin + performance.now();
  let [samples, longTasks, frames, dropped] = [[], [], 0, 0];
  const arrivals = new Map();

  const Usual = globalThis.WebSocket;
  globalThis.WebSocket = class extends Usual {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => {
        const at = now();
        for (const [, price] of data.matchAll(/"price":(\\d+)/g)) {
          arrivals.set(Number(price) - ${BASE}, at);
        }
      });
    }
  };

  // A message that is posted in the frame's callback arrives when the frame has been drawn.
  let [changed, drawn] = [[], []];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const shown = now();
    for (const tick of drawn) {
      samples.push({ tick, arrived: arrivals.get(tick) ?? null, shown });
    }
    drawn = [];
  };
  const onFrame = () => {
    drawn.push(...changed);
    changed = [];
    channel.port2.postMessage(0);
  };
  const cellOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(".price");
  new MutationObserver((records) => {
    const cells = new Set(records.map(({ target }) => cellOf(target)).filter(Boolean));
    if (cells.size > 0 && changed.length === 0) {
      requestAnimationFrame(onFrame);
    }
    for (const cell of cells) {
      for (const [price] of cell.textContent.replaceAll(",", "").matchAll(/\\d+/g)) {
        changed.push(Number(price) - ${BASE});
      }
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });

  let last = null;
  requestAnimationFrame(function count(at) {
    frames += 1;
    dropped += last === null ? 0 : Math.max(0, Math.round((at - last) / (1_000 / 60)) - 1);
    last = at;
    requestAnimationFrame(count);
  });
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
  });
  globalThis.takeFigures = () => {
    const figures = { samples, longTasks, frames, dropped };
    [samples, longTasks, frames, dropped] = [[], [], 0, 0];
    return figures;
  };
})()`;

/** The floor: one text node, written from the same frames, without a framework. It shows every price of a frame at once. */
export function floorPage(topics: readonly string[]): string {
  return `<!doctype html><title>floor</title><p class="price">-</p><script>
    const text = document.querySelector("p").firstChild;
    const socket = new WebSocket("ws://" + location.host + "/ws");
    let [received, confirmed] = [0, 0];
    socket.onopen = () => {
      const topics = ${JSON.stringify(topics)};
      while (topics.length > 0) {
        socket.send(JSON.stringify({ type: "subscribe", topics: topics.splice(0, ${MAX_TOPICS_A_MESSAGE}), ack: true }));
      }
    };
    socket.onmessage = ({ data }) => {
      received += data.length;
      if (received - confirmed >= 32768) {
        confirmed = received;
        socket.send(JSON.stringify({ type: "ack", bytes: confirmed }));
      }
      const prices = [JSON.parse(data)].flat().filter(({ type }) => type === "price_update");
      if (prices.length > 0) {
        text.data = prices.map((message) => message.data.price).join(" ");
      }
    };
  </script>`;
}
