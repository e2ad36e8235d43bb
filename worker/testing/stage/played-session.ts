/** A socket as data with what the session machine did to it so far, for tests of the rules without an object. */
import { type Fragment, seqOf } from "../../app/ports/live.ts";
import { decodeServer } from "../../protocol/messages/codec.ts";
import { MAX_TOPICS_A_SOCKET } from "../../protocol/messages/client-message.ts";
import type { ServerMessage } from "../../protocol/messages/server-message.ts";
import { parseTopic } from "../../protocol/messages/topic.ts";
import { sendBudgetOf } from "../../live/session/send-budget.ts";
import type {
  Answer,
  SessionEffect,
  Resolution,
  SessionEvent,
  SessionRules,
  Step,
} from "../../live/session/session-event.ts";
import { step } from "../../live/session/session-machine.ts";
import { newSession, type Session } from "../../live/session/session.ts";

export const AT = 1_750_000_000_000;
export const STREAM = "signal:vcp";
export const PRICE = "price:D00001";

const RULES: Pick<SessionRules, "find"> = {
  find: (text) => {
    const topic = parseTopic(text);
    return topic === null ? "unknown_topic" : { topic: topic.name, isStream: topic.kind === "stream" };
  },
};

export const HELLO = {
  type: "connected",
  client_id: "c1",
  protocol: 1,
  build: "test",
  exchange: "DEMO",
  server_time: "2025-05-17T00:30:00.000+09:00",
  heartbeat_ms: 25_000,
  tick_ms: 250,
  max_topics: 512,
} as const;

/** What the only socket of an object may have on its way. */
const ALONE = sendBudgetOf({ sockets: 1, borrowed: 0, unacked: 0, unackedSent: 0 });

/** A session with the effects of all its steps so far. */
export class Played {
  session: Session = newSession("c1", null, AT);
  readonly effects: SessionEffect[] = [];
  maxTopics = MAX_TOPICS_A_SOCKET;
  /** Topics whose ticker is in no book. */
  readonly unknown = new Set<string>();

  /** Answers come to the only socket of an object, unless they state what it may have on its way. */
  do(event: SessionEvent | Resolution): Step {
    const isResolution = event.kind === "answered" || event.kind === "failed" || event.kind === "refused";
    const whole: SessionEvent = isResolution ? { sendBudget: ALONE, ...event } : event;
    const mayExist = (topic: string): boolean => !this.unknown.has(topic);
    const after = step(this.session, whole, { ...RULES, mayExist });
    this.session = after.session;
    this.effects.push(...after.effects);
    return after;
  }

  text(message: unknown, at = AT, sendBudget = ALONE): Step {
    return this.do({
      kind: "text",
      at,
      text: typeof message === "string" ? message : JSON.stringify(message),
      maxTopics: this.maxTopics,
      sendBudget,
    });
  }

  /** Subscribes and answers at once: a stream at `seq` of epoch `e`, a latest value as never produced. */
  join(topic: string, seq = 0, ack = false): void {
    const effects = this.text({ type: "subscribe", topic, ack }).effects;
    this.do({ kind: "answered", at: AT, answers: asksOf(effects).map((ask) => answerTo(ask, seq)) });
  }

  due(fragments: readonly Fragment[], at: number, pinged: number | null = at, sendBudget = ALONE): Step {
    return this.do({ kind: "due", at, fragments, chosenBy: null, pinged, sendBudget });
  }

  /** Latest values of the topics it wants, as a whole group of sessions gets them. */
  tick(fragments: readonly Fragment[], at: number, sendBudget = ALONE): Step {
    const chosenBy = this.session.durable.topics;
    return this.do({ kind: "due", at, fragments, chosenBy, pinged: null, sendBudget });
  }
}

export function answerTo(ask: number, seq: number, over: Partial<Answer> = {}): Answer {
  return { ask, epoch: "e", seq: seqOf(seq), recovered: false, reset: false, fragments: [], ...over };
}

export function asksOf(effects: readonly SessionEffect[]): readonly number[] {
  return effects.flatMap((effect) => (effect.kind === "ask" ? [effect.ask] : []));
}

export function messagesOf({
  effects,
}: {
  readonly effects: readonly SessionEffect[];
}): readonly ServerMessage[] {
  return effects
    .flatMap((effect) => (effect.kind === "send" ? effect.frames : []))
    .flatMap((frame) => decodeServer(frame)?.messages ?? []);
}

export function closes({ effects }: Step): readonly string[] {
  return effects.flatMap((effect) => (effect.kind === "close" ? [effect.close] : []));
}

export function fragment(topic: string, seq: number, epoch = "e"): Fragment {
  return { topic, epoch, seq: seqOf(seq), text: JSON.stringify({ type: "reset", topic, epoch, seq }) };
}

/** The seqs of the messages that a step sent. */
export function seqs(one: Step): readonly number[] {
  return messagesOf(one).flatMap((message) => ("seq" in message ? [message.seq] : []));
}
