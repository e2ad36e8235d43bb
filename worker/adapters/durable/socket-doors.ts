/** The two doors for sockets, and what is behind them at this moment. */
import type { FeedCarriers, FeedPort, FeedStatus } from "../../app/ports/live.ts";
import { CLOSE } from "../../protocol/close-codes.ts";
import { STREAMS } from "../../protocol/topic.ts";
import { gatewayPlace, gatewaysOf, regionOf } from "./gateway-place.ts";
import { topicObject } from "./topic-object.ts";

interface DoorStats {
  readonly connections: number;
  readonly subscriptions: Readonly<Record<string, number>>;
  readonly uptimeMs: number;
}

export interface DurableDoors {
  gateway(request: Request, continent: string | null): Promise<Response>;
  stream(request: Request, topic: string): Promise<Response>;
  stats(): Promise<readonly DoorStats[]>;
  feed(): Promise<FeedStatus>;
}

/** `random` in [0, 1) spreads the sockets; a full gateway passes them on to the next of its region. */
export function makeSocketDoors(
  env: Env,
  feed: Pick<FeedPort, "status"> & FeedCarriers,
  random: () => number,
): DurableDoors {
  const gateway = (name: string): ReturnType<Env["GATEWAY"]["getByName"]> =>
    env.GATEWAY.getByName(name, gatewayPlace(name));
  return {
    async gateway(request, continent) {
      const names = gatewaysOf(regionOf(continent));
      const first = Math.floor(random() * names.length);
      for (const name of [...names.slice(first), ...names.slice(0, first)]) {
        const answer = await gateway(name).fetch(request.clone());
        if (answer.status !== 503) {
          return answer;
        }
      }
      return turnedAway();
    },
    stream: async (request, topic) => topicObject(env.TOPIC, topic).fetch(request),
    async stats() {
      const topics = await Promise.all(
        STREAMS.map(async (topic) => ({ topic, ...(await topicObject(env.TOPIC, topic).stats()) })),
      );
      // A gateway that nobody sends to has no listener; asking it would wake it for nothing.
      const carriers = new Set([...topics.flatMap((one) => one.carriers), ...(await feed.carriers())]);
      const gateways = await Promise.all(Array.from(carriers, async (name) => gateway(name).stats()));
      return [
        ...gateways,
        ...topics.map(({ topic, connections }) => ({
          connections,
          subscriptions: { [topic]: connections },
          uptimeMs: 0,
        })),
      ];
    },
    feed: () => feed.status(),
  };
}

/** A browser learns from a socket only why it may not stay. */
function turnedAway(): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(CLOSE.full.code, CLOSE.full.reason);
  return new Response(null, { status: 101, webSocket: client });
}
