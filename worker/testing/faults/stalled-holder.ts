/**
 * A process that only holds real clients, so that they can all be stopped at once by a signal. Its parent reads from its
 * output what they know and how they were closed: `node stalled-holder.ts URL COUNT TOPICS`.
 */
import { openLive, WireReader } from "./wire-reader.ts";

const [url = "", count = "50", topics = "50"] = process.argv.slice(2);

/** Close codes, by number; noted where the sockets are made. */
const closes = new Map<number, number>();

class NotedSocket extends WebSocket {
  constructor(at: string) {
    super(at);
    this.addEventListener("close", ({ code }) => {
      closes.set(code, (closes.get(code) ?? 0) + 1);
    });
  }
}

const readers = Array.from({ length: Number(count) }, (_, n) => {
  const live = openLive(url, Math.random, NotedSocket);
  for (let i = 0; i < Number(topics); i++) {
    live.subscribe(`price:D${String(i).padStart(5, "0")}`, { message: () => undefined });
  }
  return new WireReader(`stalled ${n}`, live);
});

setInterval(() => {
  const lasts = readers.map(({ last }) => last ?? 0);
  const state = {
    open: readers.filter(({ isOpen }) => isOpen).length,
    least: Math.min(...lasts),
    broken: readers.flatMap(({ broken }) => broken).slice(0, 5),
    closes: Object.fromEntries(closes),
  };
  process.stdout.write(`${JSON.stringify(state)}\n`);
}, 250);
