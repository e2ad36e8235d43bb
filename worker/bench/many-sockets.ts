/**
 * Opens many sockets at once, asks for 512 topics on each, waits for the answers and closes all of them at once, again and again:
 * `node many-sockets.ts PORT PATH SOCKETS ROUNDS KIND`. KIND `listed`: prices that the market has; `invented`: well formed ones
 * that it has not. Prints one line a round: sockets taken in, sockets answered, milliseconds.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { MAX_TOPICS_A_MESSAGE, MAX_TOPICS_A_SOCKET } from "../protocol/messages/client-message.ts";
import { priceTopics } from "../testing/load/rate.ts";
import { RawSocket } from "../testing/load/raw-socket.ts";

const [port = "0", path = "/ws?gateways=1", sockets = "200", rounds = "10", kind = "listed"] =
  process.argv.slice(2);
/** The shares of the bench's market stand first, invented ones behind them. */
const LISTED = 3_000;
const INVENTED = 90_000;
const TOPICS = kind === "listed" ? priceTopics(LISTED) : priceTopics(LISTED + INVENTED).slice(LISTED);
const PATIENCE_MS = 10_000;

class Client {
  readonly #socket: RawSocket;
  isOpen = false;
  /** Frames after the first one, `connected`: the answers to both messages may share one. */
  frames = -1;

  constructor(number: number) {
    this.#socket = new RawSocket(Number(port), path, {
      open: () => {
        this.isOpen = true;
        const own = Array.from(
          { length: MAX_TOPICS_A_SOCKET },
          (_, n) => TOPICS[(number * MAX_TOPICS_A_SOCKET + n) % TOPICS.length],
        );
        for (let from = 0; from < own.length; from += MAX_TOPICS_A_MESSAGE) {
          const topics = own.slice(from, from + MAX_TOPICS_A_MESSAGE);
          this.#socket.send(JSON.stringify({ type: "subscribe", topics, ack: true }));
        }
      },
      frame: () => {
        this.frames += 1;
      },
      closed: () => undefined,
    });
  }

  get isAnswered(): boolean {
    return this.frames > 0;
  }

  leave(): void {
    this.#socket.destroy();
  }
}

for (let round = 0; round < Number(rounds); round++) {
  const from = performance.now();
  const clients = Array.from({ length: Number(sockets) }, (_, n) => new Client(n));
  while (!clients.every(({ isAnswered }) => isAnswered) && performance.now() - from < PATIENCE_MS) {
    await sleep(10);
  }
  clients.forEach((client) => client.leave());
  const count = (isSo: (client: Client) => boolean): number => clients.filter(isSo).length;
  const [open, answered] = [count(({ isOpen }) => isOpen), count(({ isAnswered }) => isAnswered)];
  console.log(`${open} ${answered} ${Math.round(performance.now() - from)}`);
}
