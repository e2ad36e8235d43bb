/**
 * What the simulator must notice: each mutant takes one safeguard out of a shipped file. The script runs the simulator on each,
 * and a test keeps them applicable. A mutant that survives is a hole in the simulator, or a safeguard that guards nothing.
 */
import { assert } from "../../core/assert.ts";

export interface Mutant {
  readonly name: string;
  /** From the repository's root. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: "no pending buffer: what overtakes an answer is lost",
    file: "worker/live/gateway/stream-subscriber.ts",
    from: "call.overtaking.push(...fragments.filter(({ topic }) => topic === call.topic));",
    to: "",
  },
  {
    name: "no forgetting: a later socket gets an answer from before a message",
    file: "worker/live/gateway/gateway.ts",
    from: "this.#streams.forget(fragments.map(({ topic }) => topic));",
    to: "",
  },
  {
    name: "no epoch check: a resume looks at the number only",
    file: "worker/live/topic/topic-log.ts",
    from: "since?.epoch === at.epoch ? this.since(since.seq) : null",
    to: "since ? this.since(since.seq) : null",
  },
  {
    name: "no epoch check on a socket: a message of another epoch is a message",
    file: "worker/live/session/flow-control.ts",
    from: "position.epoch === epoch && seq === position.seq + 1",
    to: "seq === position.seq + 1",
  },
  {
    name: "no duplicate drop: a message that was sent again goes out again",
    file: "worker/live/session/flow-control.ts",
    from: "} else if (position.epoch !== epoch || seq > position.seq) {",
    to: "} else if (seq <= position.seq) { texts.push(text); } else {",
  },
  {
    name: "no gap: a message that does not follow goes out all the same",
    file: "worker/live/session/flow-control.ts",
    from: "gaps.add(topic);",
    to: "{ positions.set(topic, { epoch, seq }); texts.push(text); }",
  },
  {
    name: "no resend: the alarm looks after sockets only",
    file: "worker/live/topic/topic.ts",
    from: "await this.#fanOut.run();",
    to: "",
  },
  {
    name: "no idempotence: a message published again gets another place",
    file: "worker/live/topic/topic-log.ts",
    from: "if (known) {",
    to: "if (false) {",
  },
  {
    name: "no turn: an answer to an older delivery removes a gateway that came back",
    file: "worker/live/topic/gateway-fan-out.ts",
    from: 'DELETE FROM gateways WHERE name = ? AND turn = ?", row.name, row.turn',
    to: 'DELETE FROM gateways WHERE name = ?", row.name',
  },
  {
    name: "no rebuilding: a gateway that slept knows no socket",
    file: "worker/live/sockets/connections.ts",
    from: "this.#restore(socket, this.#byId);",
    to: "",
  },
  {
    name: "no patience: a silent Topic is waited for without end",
    file: "worker/platform/within.ts",
    from: "}, ms);",
    to: "}, 2 ** 31 - 1);",
  },
  {
    name: "no order of lists: a late one brings back what a gateway wanted before",
    file: "worker/market/feed/wanted-topics.ts",
    from: "if (at <= (this.#sentAt.get(gateway) ?? -Infinity)) {",
    to: "if (false) {",
  },
  {
    name: "no handing over: what a call was to answer is lost with a renewal",
    file: "worker/live/gateway/latest-value-cache.ts",
    from: "this.#waiting = [...this.#takeAsked(), ...this.#waiting];",
    to: "this.#takeAsked();",
  },
  {
    name: "no generation: the answer of the market that was left counts after a renewal",
    file: "worker/live/gateway/latest-value-cache.ts",
    from: "if (generation === this.#generation) {\n      this.#advertising = null;",
    to: "{\n      this.#advertising = null;",
  },
  {
    name: "no waiting: what comes for a reader that is held back is lost",
    file: "worker/live/session/flow-control.ts",
    from: "{ session: { ...session, pending: waiting }, effects }",
    to: "{ session, effects }",
  },
  {
    name: "no waking: nobody looks at a reader that was held back",
    file: "worker/live/sockets/socket-hub.ts",
    from: "this.#queue.wake(session.id);",
    to: "",
  },
  {
    name: "no catching up: a reader that was behind goes on as if it had everything",
    file: "worker/live/session/flow-control.ts",
    from: "askQuietly(session, session.durable.topics)",
    to: "{ session, effects: [] }",
  },
  {
    name: "no look at what waits: a group's frame overtakes it",
    file: "worker/live/session/flow-control.ts",
    from: "session.pending.length === 0 &&",
    to: "",
  },
  {
    name: "no look at what was sent: a session that was sent one value gets none of the others",
    file: "worker/live/sockets/tick.ts",
    from: "share.filter((fragment) => !known.has(fragment));",
    to: "share.slice(share.length);",
  },
  {
    name: "no difference of streams and values: of what waits only the last message is kept",
    file: "worker/live/session/flow-control.ts",
    from: "durable.positions.has(fragment.topic) || last",
    to: "last",
  },
  {
    name: "no answer to a refusal: a topic that does not exist is given up in silence",
    file: "worker/live/session/answers.ts",
    from: 'texts.push(encodeError("unknown_topic", ask.topic, ask.id));',
    to: "",
  },
  {
    name: "no giving up: the answer to an older question takes a stream back",
    file: "worker/live/session/subscriptions.ts",
    from: "earlier.get(topic) ?? 0",
    to: "0",
  },
  {
    name: "no row of a switch: one whose process dies is completed by nobody",
    file: "worker/market/book/exchange-switch.ts",
    from: 'sql.exec("INSERT OR REPLACE INTO switch_under_way VALUES (1, ?)", ports.clock.now());',
    to: "",
  },
  {
    name: "no late look: what a dead process sent to the store is recorded after the last alarm",
    file: "worker/market/book/exchange-switch.ts",
    from: "ports.clock.now() - begunAt >= LATE_MS",
    to: "true",
  },
  {
    name: "no order of answers: a gateway goes back to the switch of a late answer",
    file: "worker/live/gateway/active-exchange-cache.ts",
    from: "this.#asking === null ? ask() : this.#asking.then(ask, ask)",
    to: "ask()",
  },
  {
    name: "no number of a message: a late one of an earlier switch changes the state of a later one",
    file: "worker/live/topic/topic-log.ts",
    from: "return this.isOn({ exchange, generation });",
    to: "return generation >= 0 && this.isOn({ exchange, generation: this.#generation() });",
  },
  {
    name: "no state: a switch begins a stream with nothing",
    file: "worker/live/topic/topic.ts",
    from: "snapshots.find(({ topic }) => topic === this.#topic)?.body ?? null",
    to: "null",
  },
  {
    name: "the page resumes from where it stood in another epoch",
    file: "web/live/stream-place.ts",
    from: 'return position === null || isSameEpoch ? [next, "drop"] : [forget(next), "reset"];',
    to: 'return [next, "drop"];',
  },
  {
    name: "the page counts its deadlines by a clock that can be set",
    file: "web/live/socket.ts",
    from: "return this.#options.clock.now();",
    to: "return this.#options.clock.wall();",
  },
  {
    name: "the page takes a reset for the answer to its subscribe",
    file: "web/live/subscriptions.ts",
    from: 'ask.state === "asked" && place.at.due.what === "answer"',
    to: "false",
  },
  {
    name: "the page takes any snapshot",
    file: "web/live/stream-place.ts",
    from: "(!isAwaited && isElsewhere)",
    to: "false",
  },
];

export function mutantOf(name: string): Mutant | null {
  return MUTANTS.find((mutant) => mutant.name === name) ?? null;
}

export function mutate({ name, file, from, to }: Mutant, source: string): string {
  const [before, after, ...more] = source.split(from);
  assert(before !== undefined && after !== undefined && more.length === 0, `"${name}" fits ${file} once`);
  return `${before}${to}${after}`;
}
