/** What must hold of every frame, whatever is in it: nothing throws, nothing grows, and a session ends by a rule only. */
import { decodeClient, decodeServer, MAX_CLIENT_FRAME } from "../../protocol/messages/codec.ts";
import { MAX_TOPICS_A_SOCKET } from "../../protocol/messages/client-message.ts";
import { takeMessage } from "../../../web/live/inbox.ts";
import { makeSubscriptions, type Subscriptions } from "../../../web/live/subscriptions.ts";
import { makeTopicListeners } from "../../../web/live/topic-listeners.ts";
import { wantedTopics } from "../../live/session/session.ts";
import { answerTo, asksOf, AT, closes, Played, messagesOf } from "../stage/played-session.ts";
import { CLIENT_SAMPLES, SERVER_SAMPLES } from "./fuzz-samples.ts";
import { fuzzFrame } from "./fuzz-frames.ts";

/** Between two frames, so that no flood is one: WS3c allows 30 messages in 10 s, and a frame may have 32. */
const PACE_MS = 11_000;
/** After so many frames a session is replaced by a new one. */
const FRAMES_A_SESSION = 200;

/** An answer to one message is short: the echo of a name, an id, a fixed text. */
const MAX_ANSWER = 512;

const TOPICS = ["signal:vcp", "market_gate", "price:005930", "index:KOSPI", "scan", "feed"];

export interface FuzzResult {
  readonly problems: readonly string[];
  readonly accepted: number;
}

/** Frames `from` to `from + count`, each to a session and to a page. */
export function fuzz(from: number, count: number): FuzzResult {
  const problems: string[] = [];
  let accepted = 0;
  let session = new FuzzedSession();
  let page = new FuzzedPage();
  for (let seed = from; seed < from + count && problems.length === 0; seed++) {
    if (seed % FRAMES_A_SESSION === 0) {
      session = new FuzzedSession();
      page = new FuzzedPage();
    }
    try {
      const asked = session.take(fuzzFrame(seed, CLIENT_SAMPLES));
      const messages = page.take(fuzzFrame(seed, SERVER_SAMPLES));
      accepted += asked.accepted + messages;
      problems.push(...asked.problems.map((problem) => `frame ${seed}: ${problem}`));
    } catch (error) {
      problems.push(`frame ${seed} threw ${String(error)}`);
    }
  }
  if (Object.keys({}).length > 0 || "polluted" in {} || Object.keys(Object.prototype).length > 0) {
    problems.push("A prototype was written to");
  }
  return { problems, accepted };
}

class FuzzedSession {
  #played = new Played();
  #at = AT;

  take(text: string): { readonly accepted: number; readonly problems: readonly string[] } {
    this.#at += PACE_MS;
    const entries = decodeClient(text);
    const after = this.#played.text(text, this.#at);
    this.#played.effects.length = 0;
    const problems: string[] = [];
    const isTooLong = text.length > MAX_CLIENT_FRAME;
    const closed = closes(after);
    if (isTooLong !== closed.includes("tooBig") || closed.length > (isTooLong ? 1 : 0)) {
      // A frame of 31 or 32 messages is one too many: answered with `rate`, the third time closed.
      if (!(closed[0] === "rate" && entries.length > 30)) {
        problems.push(`closed ${closed.join()} on ${text.length} UTF-16 units`);
      }
    }
    if (closed.length > 0) {
      this.#played = new Played();
      return { accepted: 0, problems };
    }
    const answers = messagesOf(after);
    const length = answers.reduce((sum, answer) => sum + JSON.stringify(answer).length, 0);
    if (length > MAX_ANSWER * (entries.length + text.length / 3)) {
      problems.push(`${length} UTF-16 units in answer to ${text.length}`);
    }
    if (wantedTopics(after.session).size > MAX_TOPICS_A_SOCKET || entries.length > 32) {
      problems.push(`${after.session.durable.topics.size} topics, ${entries.length} entries`);
    }
    const asks = asksOf(after.effects);
    this.#played.do({ kind: "answered", at: this.#at, answers: asks.map((ask) => answerTo(ask, 3)) });
    return { accepted: entries.filter(({ ok }) => ok).length, problems };
  }
}

class FuzzedPage {
  readonly #subscriptions: Subscriptions = makeSubscriptions();
  readonly #listeners = makeTopicListeners();
  #at = 0;

  constructor() {
    for (const topic of TOPICS) {
      this.#subscriptions.want(topic);
      this.#listeners.add(topic, { message: () => undefined });
    }
  }

  /** Returns how many messages the frame had. */
  take(text: string): number {
    this.#at += 1_000;
    this.#subscriptions.flush(this.#at);
    const frame = decodeServer(text);
    for (const message of frame?.messages ?? []) {
      takeMessage(message, this.#at, this.#subscriptions, this.#listeners);
    }
    this.#subscriptions.nextFlushAt();
    this.#subscriptions.settled();
    return frame?.messages.length ?? 0;
  }
}
