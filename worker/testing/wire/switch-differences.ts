/** What a world at rest must not show after a switch of the exchange: an object on another switch, or a stream that has lost something. */
import { STREAMS } from "../../protocol/messages/topic.ts";
import { StreamState } from "./stream-state.ts";
import type { SimulatedObjects } from "./world/simulated-objects.ts";
import type { World } from "./world/world.ts";

/** Who stands on another switch than the recorded one, and what a stream on it has lost of its market. */
export function switchDifferences(world: World): readonly string[] {
  const { exchange, generation } = world.store.recorded;
  if (generation === 0) {
    return [];
  }
  const list: string[] = [];
  for (const [name, on] of standing(world.objects)) {
    // A gateway without a socket has asked nobody yet.
    if (on !== `${exchange} ${generation}` && on !== " 0") {
      list.push(`[BK32] ${name} stands on ${on}, recorded is ${exchange} ${generation}`);
    }
  }
  for (const stream of STREAMS) {
    const whole = new StreamState();
    const body = world.markets[exchange].whole(stream);
    if (body !== null) {
      whole.apply(body);
    }
    const at = world.oracle.position(stream);
    const text = at && world.oracle.textAt(at);
    if (world.publisher.isEmpty && text !== whole.text) {
      list.push(`[TP11] ${stream} holds "${text}", and its market "${whole.text}"`);
    }
  }
  return list;
}

/** The switch that each topic and gateway stands on, from its storage: a question would wake it, and it would follow. */
function standing({ topics, gateways }: SimulatedObjects): ReadonlyMap<string, string> {
  const stands = new Map<string, string>();
  for (const { name, storage } of topics.values()) {
    const [at] = storage.sql.exec("SELECT exchange AS text FROM position").toArray();
    const [on] = storage.sql.exec("SELECT CAST(applied AS TEXT) AS text FROM generation").toArray();
    stands.set(name, `${textIn(at) ?? ""} ${textIn(on) ?? "0"}`);
  }
  for (const { name, storage } of gateways.values()) {
    const [known] = storage.sql
      .exec("SELECT exchange || ' ' || generation AS text FROM known_switch")
      .toArray();
    stands.set(name, textIn(known) ?? " 0");
  }
  return stands;
}

function textIn(row: Readonly<Record<string, unknown>> | undefined): string | null {
  const text = row?.["text"];
  return typeof text === "string" ? text : null;
}
