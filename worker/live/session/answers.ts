/** How a sequencer's answer reaches the client: `subscribed`, then the missed messages or a snapshot (WS4, WS6). */
import type { Fragment } from "../../app/ports/live.ts";
import { encodeError, encodeReset, type Subscribed } from "../../protocol/messages/session-message.ts";
import type { Answer, SessionEvent, Step } from "./session-event.ts";
import { isBeyond, reply } from "./flow-control.ts";
import { type Ask, pendingOf, type Session, withPending } from "./session.ts";

/** Answers to asks that the client gave up meanwhile are dropped. One that a client may not have unconfirmed is not sent (WS9d). */
export function answered(before: Session, event: SessionEvent & { kind: "answered" }): Step {
  const asks = new Map(before.asks);
  const topics = new Set(before.durable.topics);
  const positions = new Map(before.durable.positions);
  const incomplete = new Set(before.durable.incomplete);
  const texts: string[] = [];
  for (const answer of event.answers) {
    const ask = asks.get(answer.ask);
    if (ask === undefined) {
      continue;
    }
    asks.delete(answer.ask);
    topics.add(ask.topic);
    incomplete.delete(ask.topic);
    if (ask.isStream && answer.epoch !== null) {
      positions.set(ask.topic, { epoch: answer.epoch, seq: answer.seq });
    }
    texts.push(...answerTexts(ask, answer));
  }
  const durable = { ...before.durable, topics, positions, incomplete };
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (isBeyond(before, event.sendBudget, length)) {
    return { session: before, effects: [{ kind: "close", close: "slow" }] };
  }
  const waiting = withPending(before, unanswered(before, event.answers));
  return reply({ ...waiting, asks, durable }, texts, event.at);
}

/** What waits and is not older than an answer (WS5). A message of a stream is dropped later by its position, which an answer moves. */
function unanswered(session: Session, answers: readonly Answer[]): readonly Fragment[] {
  const pending = pendingOf(session);
  if (pending.length === 0) {
    return pending;
  }
  const answeredTopics = new Set(
    answers
      .filter(({ ask }) => session.asks.has(ask))
      .flatMap(({ fragments }) => fragments.map(({ topic }) => topic)),
  );
  return pending.filter(({ topic }) => session.durable.positions.has(topic) || !answeredTopics.has(topic));
}

/** How soon a gap that could not be closed is asked about again. */
const REASK_MS = 2_000;

/** The sequencer is out of reach: the client gets an error, and what the session machine itself asked is asked again. */
export function failed(before: Session, event: SessionEvent & { kind: "failed" }): Step {
  const asks = new Map(before.asks);
  const incomplete = new Set(before.durable.incomplete);
  const texts: string[] = [];
  for (const number of event.asks) {
    const ask = asks.get(number);
    asks.delete(number);
    // What came while this ask was on its way was left to its answer, also where an earlier ask was answered.
    if (ask && (ask.isQuiet || before.durable.positions.has(ask.topic))) {
      incomplete.add(ask.topic);
    }
    if (ask && !ask.isQuiet) {
      texts.push(encodeError("unavailable", ask.topic, ask.id));
    }
  }
  const replied = reply({ ...before, asks, durable: { ...before.durable, incomplete } }, texts, event.at);
  const isNew = incomplete.size > before.durable.incomplete.size;
  return isNew
    ? { ...replied, effects: [...replied.effects, { kind: "watch", at: event.at + REASK_MS }] }
    : replied;
}

/** A topic that the socket had before keeps what it is; the others are given up with an error. */
export function refused(before: Session, event: SessionEvent & { kind: "refused" }): Step {
  const asks = new Map(before.asks);
  const texts: string[] = [];
  for (const number of event.asks) {
    const ask = asks.get(number);
    asks.delete(number);
    if (ask && !ask.isQuiet) {
      texts.push(encodeError("unknown_topic", ask.topic, ask.id));
    }
  }
  return reply({ ...before, asks }, texts, event.at);
}

function answerTexts(ask: Ask, answer: Answer): readonly string[] {
  const texts: string[] = [];
  if (!ask.isQuiet) {
    const subscribed: Subscribed = {
      type: "subscribed",
      topic: ask.topic,
      epoch: answer.epoch,
      seq: answer.seq,
      recovered: answer.recovered,
      ...(ask.id !== undefined && { id: ask.id }),
    };
    texts.push(JSON.stringify(subscribed));
  }
  if (answer.reset && answer.epoch !== null) {
    texts.push(encodeReset(ask.topic, { epoch: answer.epoch, seq: answer.seq }));
  }
  texts.push(...answer.fragments.map(({ text }) => text));
  return texts;
}
