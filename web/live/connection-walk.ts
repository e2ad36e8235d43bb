/** A connection machine that is walked through events and time: what the tests of its life have in common. */
import { nextTickAt, step } from "./connection.ts";
import { type Connection, IDLE } from "./connection-state.ts";
import type { ConnectionEffect, ConnectionEvent } from "./connection-event.ts";
import { type LiveStatus, statusOf } from "./connection-status.ts";

/** An event without its moment and chance, which the walk adds. */
export type Bare = ConnectionEvent extends infer E
  ? E extends { readonly type: "tick" }
    ? never
    : Omit<E, "at" | "chance">
  : never;

/** The machine, its clock, and all that it did. */
export interface Walk {
  state: Connection;
  now: number;
  readonly effects: ConnectionEffect[];
  readonly states: LiveStatus["state"][];
}

/** Idle, at time 0. */
export function newWalk(): Walk {
  return { state: IDLE, now: 0, effects: [], states: [] };
}

function apply(walk: Walk, event: ConnectionEvent): void {
  const [state, effects] = step(walk.state, event);
  walk.state = state;
  walk.effects.push(...effects);
  note(walk);
}

/** Appends the state that a reader would see, when it is another one. */
export function note(walk: Walk): void {
  const { state } = statusOf(walk.state, walk.now, 0);
  if (walk.states.at(-1) !== state) {
    walk.states.push(state);
  }
}

/** Applies one event at the present moment. */
export function happen(walk: Walk, bare: Bare, chance = 0.5): void {
  const { now: at } = walk;
  apply(walk, bare.type === "closed" ? { ...bare, at, chance } : { ...bare, at });
}

/** Lets time pass with a tick at every moment the machine asked for. */
export function pass(walk: Walk, ms: number, chance = 0.5): void {
  const until = walk.now + ms;
  for (let at = nextTickAt(walk.state); at !== null && at <= until; at = nextTickAt(walk.state)) {
    walk.now = Math.max(walk.now, at);
    apply(walk, { type: "tick", at: walk.now, chance });
  }
  walk.now = until;
  note(walk);
}

/** A walk whose first socket is open. */
export function openWalk(): Walk {
  const walk = newWalk();
  happen(walk, { type: "want" });
  happen(walk, { type: "opened", socket: 1 });
  return walk;
}

/** A frame on the present socket. */
export const frame = (walk: Walk, data: boolean): Bare => ({
  type: "frame",
  socket: walk.state.socket,
  data,
});
/** Sockets asked for so far. */
export const opens = (walk: Walk): number => walk.effects.filter(({ type }) => type === "open").length;
/** Pings asked for so far. */
export const pings = (walk: Walk): number => walk.effects.filter(({ type }) => type === "ping").length;
