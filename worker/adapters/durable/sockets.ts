/** Where sockets are taken in (`/ws` by gateways, `/ws/{topic}` by topics), and what these objects hold at this moment. */
import type { FeedPort, FeedStatus, HubLoad, ObjectMemory } from "../../app/ports/live.ts";
import { asking, type Neighbour } from "../../app/ports/neighbour-error.ts";
import { within } from "../../platform/within.ts";
import { CLOSE } from "../../protocol/messages/codes.ts";
import { STREAMS } from "../../protocol/messages/topic.ts";
import { gatewayObject, type ObjectBindings, topicObject } from "./stubs.ts";
import { allGateways, gatewaysOf, regionOf } from "./gateway-place.ts";

/** An object that takes longer to name its load is out of reach. */
const PATIENCE_MS = 3_000;

/** One object that holds sockets. */
interface SocketObject {
  readonly name: string;
  readonly neighbour: Neighbour;
  load(): Promise<HubLoad>;
}

/** The objects behind the socket routes. */
export interface DurableSockets {
  gateway(request: Request, continent: string | null): Promise<Response>;
  stream(request: Request, topic: string): Promise<Response>;
  /** Rejects when one object does not answer in three seconds, naming it. */
  stats(): Promise<readonly HubLoad[]>;
  /** The question to each object for what it remembers. */
  memories(): readonly ObjectMemory[];
  feed(): Promise<FeedStatus>;
}

/** `random` in [0, 1) spreads the sockets; a full gateway passes them on to the next of its region. */
export function makeSockets(
  env: ObjectBindings,
  feed: Pick<FeedPort, "status">,
  random: () => number,
): DurableSockets {
  return {
    async gateway(request, continent) {
      const names = gatewaysOf(regionOf(continent));
      const first = Math.floor(random() * names.length);
      for (const name of [...names.slice(first), ...names.slice(0, first)]) {
        const answer = await asking("Gateway", "take a socket", async () =>
          gatewayObject(env.GATEWAY, name).fetch(request.clone()),
        );
        if (answer.status !== 503) {
          return answer;
        }
      }
      return turnedAway();
    },
    stream: async (request, topic) =>
      asking("Topic", "take a socket", async () => topicObject(env.TOPIC, topic).fetch(request)),
    stats: async () =>
      Promise.all(
        socketObjects(env).map(async (object) => within(PATIENCE_MS, object.neighbour, object.load())),
      ),
    memories: () =>
      socketObjects(env).map((object) => ({
        object: object.name,
        neighbour: object.neighbour,
        state: async () => {
          const { failures, applied = null } = await object.load();
          return { failures, applied };
        },
      })),
    feed: async () => within(PATIENCE_MS, "MarketFeed", feed.status()),
  };
}

/** Every object there is, because a socket that subscribed to nothing, or to what nobody sends, is known to its own object alone. */
function socketObjects(env: ObjectBindings): readonly SocketObject[] {
  const gateways = allGateways().map((name): SocketObject => ({
    name: `Gateway ${name}`,
    neighbour: "Gateway",
    load: async () => asking("Gateway", "stats", async () => gatewayObject(env.GATEWAY, name).stats()),
  }));
  const streams = STREAMS.map((topic): SocketObject => ({
    name: `Topic ${topic}`,
    neighbour: "Topic",
    load: async () => {
      const { connections, applied, failures } = await asking("Topic", "stats", async () =>
        topicObject(env.TOPIC, topic).stats(),
      );
      return { connections, subscriptions: { [topic]: connections }, uptimeMs: null, applied, failures };
    },
  }));
  return [...gateways, ...streams];
}

/** A socket that is closed at once, because a browser learns the reason from a close code only. */
function turnedAway(): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(CLOSE.full.code, CLOSE.full.reason);
  return new Response(null, { status: 101, webSocket: client });
}
