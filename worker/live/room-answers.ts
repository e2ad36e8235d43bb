/** What a sequencer answered reaches the client: `subscribed`, then the missed messages or a snapshot (WS4, WS6). */
import { encodeError, encodeReset } from "../protocol/session-message.ts";
import type { Subscribed } from "../protocol/session-message.ts";
import type { Answer, RoomEvent, Step } from "./room-event.ts";
import { reply } from "./room-flow.ts";
import type { Ask, Session } from "./session.ts";

/** Answers to asks that were given up meanwhile are passed over. */
export function answered(before: Session, event: RoomEvent & { kind: "answered" }): Step {
  const asks = new Map(before.asks);
  const topics = new Set(before.topics);
  const places = new Map(before.places);
  const texts: string[] = [];
  for (const answer of event.answers) {
    const ask = asks.get(answer.ask);
    if (ask === undefined) {
      continue;
    }
    asks.delete(answer.ask);
    topics.add(ask.topic);
    if (ask.isStream && answer.epoch !== null) {
      places.set(ask.topic, { epoch: answer.epoch, seq: answer.seq });
    }
    texts.push(...answerTexts(ask, answer));
  }
  return reply({ ...before, asks, topics, places }, texts, event.at);
}

/** The sequencer is out of reach. A gap that could not be closed stays open: the next message shows it again. */
export function failed(before: Session, event: RoomEvent & { kind: "failed" }): Step {
  const asks = new Map(before.asks);
  const texts: string[] = [];
  for (const number of event.asks) {
    const ask = asks.get(number);
    asks.delete(number);
    if (ask && !ask.isQuiet) {
      texts.push(encodeError("unavailable", ask.topic, ask.id));
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
