/** The two doors for sockets, and what is behind them at this moment. */
import type { FeedPort, FeedStatus } from "../../app/ports/live.ts";
import { STREAMS } from "../../protocol/topic.ts";
import { allGateways, gatewayPlace, gatewaysOf, regionOf } from "./gateway-place.ts";
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
export function makeSocketDoors(env: Env, feed: FeedPort, random: () => number): DurableDoors {
  const gateway = (name: string): ReturnType<Env["GATEWAY"]["getByName"]> =>
    env.GATEWAY.getByName(name, gatewayPlace(name));
  return {
    async gateway(request, continent) {
      const names = gatewaysOf(regionOf(continent));
      const first = Math.floor(random() * names.length);
      let answer: Response | null = null;
      for (const name of [...names.slice(first), ...names.slice(0, first)]) {
        answer = await gateway(name).fetch(request.clone());
        if (answer.status !== 503) {
          return answer;
        }
      }
      return answer ?? new Response(null, { status: 503 });
    },
    stream: async (request, topic) => topicObject(env.TOPIC, topic).fetch(request),
    async stats() {
      const gateways = await Promise.all(allGateways().map(async (name) => gateway(name).stats()));
      const topics = await Promise.all(
        STREAMS.map(async (topic) => {
          const { connections } = await topicObject(env.TOPIC, topic).stats();
          return { connections, subscriptions: { [topic]: connections }, uptimeMs: 0 };
        }),
      );
      return [...gateways, ...topics];
    },
    feed: () => feed.status(),
  };
}
