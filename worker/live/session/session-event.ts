/** What can happen to a session, and what the object then has to do: input and output of the session machine. */
import type { Fragment, Position, Seq } from "../../app/ports/live.ts";
import type { CloseName, ErrorCode } from "../../protocol/messages/codes.ts";
import type { Connected } from "../../protocol/messages/session-message.ts";
import type { SendBudget } from "./send-budget.ts";
import type { Session } from "./session.ts";

/** The answer to one ask: a stream's start, or a latest value. `epoch` `null`: nobody has produced the value yet. */
export interface Answer {
  readonly ask: number;
  readonly epoch: string | null;
  readonly seq: Seq;
  readonly recovered: boolean;
  readonly reset: boolean;
  readonly fragments: readonly Fragment[];
}

/** What came of asks; the object adds what the socket may have on its way. */
export type Resolution =
  | { readonly kind: "answered"; readonly at: number; readonly answers: readonly Answer[] }
  | { readonly kind: "failed"; readonly at: number; readonly asks: readonly number[] }
  /** The topics of these asks do not exist: the book of their exchange does not know the ticker (WS3g). */
  | { readonly kind: "refused"; readonly at: number; readonly asks: readonly number[] };

/** `at` in milliseconds since the epoch. */
export type SessionEvent =
  /** `topics`: subscribed to at once. */
  | {
      readonly kind: "opened";
      readonly at: number;
      readonly hello: Connected;
      readonly topics: readonly string[];
      /** How many topics the socket may have in all: fewer than WS3b allows where its address has many (WS13d). */
      readonly maxTopics: number;
    }
  | {
      readonly kind: "text";
      readonly at: number;
      readonly text: string;
      /** Its address, its socket or all sockets together sent more than is read: it is answered with `rate` (WS13e, WS16b). */
      readonly isTooMuch?: boolean;
      readonly maxTopics: number;
      /** What the socket may have on its way, among all sockets of the object. */
      readonly sendBudget: SendBudget;
    }
  | { readonly kind: "binary"; readonly at: number }
  | (Resolution & { readonly sendBudget: SendBudget })
  /** `pinged`: when the platform last answered a ping for us. */
  | {
      readonly kind: "due";
      readonly at: number;
      readonly fragments: readonly Fragment[];
      /** The topics of which all fragments are latest values; `null`: not chosen by topics. */
      readonly chosenBy: ReadonlySet<string> | null;
      readonly pinged: number | null;
      readonly sendBudget: SendBudget;
    }
  | { readonly kind: "looked"; readonly at: number; readonly pinged: number | null };

/** What the object must do, in order. `close` ends the list. */
export type SessionEffect =
  | { readonly kind: "send"; readonly frames: readonly string[] }
  | { readonly kind: "close"; readonly close: CloseName }
  /** Find out where the topic stands and answer with `answered` or `failed`. */
  | { readonly kind: "ask"; readonly ask: number; readonly topic: string; readonly since: Position | null }
  /** Look at the session again, then or a little later, also when nothing else happens. */
  | { readonly kind: "watch"; readonly at: number };

/** The session afterwards, and the effects. */
export interface Step {
  readonly session: Session;
  readonly effects: readonly SessionEffect[];
}

/** What a hub serves. */
export interface SessionRules {
  /** The canonical topic of a client's text, or why this hub has none. */
  find(text: string): { readonly topic: string; readonly isStream: boolean } | ErrorCode;
  /** `false`: there is certainly no such topic, although its name is well formed. Absent: every well formed name is a topic. */
  mayExist?(topic: string): boolean;
}
