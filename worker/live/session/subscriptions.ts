/** Subscribe and unsubscribe: every topic a request names gets exactly one answer (WS2). */
import { type Position, seqOf } from "../../app/ports/live.ts";
import {
  MAX_TOPICS_A_MESSAGE,
  topicsOf,
  type Subscribe,
  type Unsubscribe,
} from "../../protocol/messages/client-message.ts";
import { encodeError, encodeUnsubscribed } from "../../protocol/messages/session-message.ts";
import type { ErrorCode } from "../../protocol/messages/codes.ts";
import type { SessionEffect, SessionRules, Step } from "./session-event.ts";
import { reply } from "./flow-control.ts";
import { type Ask, pendingOf, type Session, toAcking, wantedTopics, withPending } from "./session.ts";

/** What a request may cost at this moment. */
interface Allowed {
  readonly at: number;
  readonly maxTopics: number;
}

/** A message with no topic or too many is refused whole; otherwise each topic is asked for or refused by itself (WS9). */
export function subscribe(
  before: Session,
  message: Subscribe,
  { at, maxTopics }: Allowed,
  rules: SessionRules,
): Step {
  const names = topicsOf(message);
  const refusal = refuse(names, message);
  if (refusal !== null) {
    return reply(before, [refusal], at);
  }
  const asks = new Map(before.asks);
  const wanted = new Set(wantedTopics(before));
  const seen = new Set<string>();
  const earlier = new Map(Array.from(before.asks, ([number, { topic }]) => [topic, number]));
  const errors: string[] = [];
  const effects: SessionEffect[] = [];
  let { nextAsk } = before;
  for (const name of names) {
    const found = rules.find(name);
    if (typeof found === "string") {
      errors.push(encodeError(found, name, message.id));
      continue;
    }
    const { topic, isStream } = found;
    if (seen.has(topic)) {
      continue;
    }
    seen.add(topic);
    // A client that lags does not read what it was sent, and more would only pile up.
    const reason =
      before.reads === "lagging"
        ? "unavailable"
        : wanted.has(topic)
          ? null
          : refusalOf(topic, wanted.size < maxTopics, rules);
    if (reason !== null) {
      errors.push(encodeError(reason, topic, message.id));
      continue;
    }
    wanted.add(topic);
    const given = earlier.get(topic) ?? 0;
    const ask = asks.get(given);
    // The answers could arrive in the other order, and each may be a whole snapshot.
    if (asks.delete(given) && ask?.isQuiet === false) {
      errors.push(cancelled(ask));
    }
    asks.set(nextAsk, { topic, isStream, id: message.id, isQuiet: false });
    effects.push({ kind: "ask", ask: nextAsk, topic, since: isStream ? sinceOf(message, topic) : null });
    nextAsk += 1;
  }
  const isFirst = !before.durable.hasSubscribed && effects.length > 0;
  const session: Session = {
    ...(before.reads === "unacked" && message.ack === true ? toAcking(before) : before),
    asks,
    nextAsk,
    durable: isFirst ? { ...before.durable, hasSubscribed: true } : before.durable,
  };
  const answer = reply(session, errors, at);
  return { session: answer.session, effects: [...answer.effects, ...effects] };
}

/** Also ends a subscription that has no answer yet: it is answered by `cancelled`. */
export function unsubscribe(before: Session, message: Unsubscribe, at: number, rules: SessionRules): Step {
  const names = topicsOf(message);
  const refusal = refuse(names, message);
  if (refusal !== null) {
    return reply(before, [refusal], at);
  }
  const texts: string[] = [];
  const leaving = new Set<string>();
  for (const name of names) {
    const found = rules.find(name);
    if (typeof found === "string") {
      texts.push(encodeError(found, name, message.id));
    } else if (!leaving.has(found.topic)) {
      leaving.add(found.topic);
    }
  }
  // A subscription still on its way is answered too, before the topic is given up.
  const given = Array.from(before.asks).filter(([, { topic }]) => leaving.has(topic));
  texts.push(...given.filter(([, ask]) => !ask.isQuiet).map(([, ask]) => cancelled(ask)));
  for (const topic of leaving) {
    texts.push(encodeUnsubscribed(topic, message.id));
  }
  const session: Session = {
    ...withPending(
      before,
      pendingOf(before).filter(({ topic }) => !leaving.has(topic)),
    ),
    asks: new Map(Array.from(before.asks).filter(([, { topic }]) => !leaving.has(topic))),
    durable: {
      ...before.durable,
      topics: new Set(Array.from(before.durable.topics).filter((topic) => !leaving.has(topic))),
      positions: new Map(Array.from(before.durable.positions).filter(([topic]) => !leaving.has(topic))),
      incomplete: new Set(Array.from(before.durable.incomplete).filter((topic) => !leaving.has(topic))),
    },
  };
  return reply(session, texts, at);
}

/** Why a topic that the socket does not have is not asked for; `null`: it is. */
function refusalOf(topic: string, isWithin: boolean, rules: SessionRules): ErrorCode | null {
  if (rules.mayExist?.(topic) === false) {
    return "unknown_topic";
  }
  return isWithin ? null : "topic_limit";
}

function cancelled(ask: Ask): string {
  return encodeError("cancelled", ask.topic, ask.id);
}

function refuse(names: readonly string[], message: Subscribe | Unsubscribe): string | null {
  if (names.length === 0) {
    return encodeError("bad_message", undefined, message.id);
  }
  return names.length > MAX_TOPICS_A_MESSAGE ? encodeError("too_many_topics", undefined, message.id) : null;
}

function sinceOf(message: Subscribe, topic: string): Position | null {
  const { since } = message;
  const position = since !== undefined && Object.hasOwn(since, topic) ? since[topic] : undefined;
  return position === undefined ? null : { epoch: position.epoch, seq: seqOf(position.seq) };
}
