/** RT21a: what the author of a script has to know of the sockets, from the tables that the sockets themselves use. */
import { html } from "hono/html";
import { CLOSE, ERRORS } from "../../protocol/messages/codes.ts";
import { clientOf, type DocsPlace } from "./docs-example.ts";

type Html = ReturnType<typeof html>;

/** `place` stands in the client that is printed. */
export function socketGuide(place: DocsPlace): Html {
  return html`<p>
      Two paths, one protocol: JSON text, a frame is one message or an array of messages. A client for Node 22
      or newer, the whole of it:
    </p>
    <pre id="client" tabindex="0"><code>${clientOf(place)}</code></pre>
    ${topics()} ${table(["you send", "and get"], REQUESTS)} ${table(["you get", "when"], MESSAGES)} ${pace()}
    ${table(["close code", "reason", "what to do"], closings())}
    <p>An <code>error</code> closes nothing; its <code>code</code> is one of:</p>
    ${table(["error", "meaning"], Object.entries(ERRORS))}`;
}

const REQUESTS: readonly (readonly string[])[] = [
  [
    '{"type":"subscribe","topics":[...],"since":{"signal:vcp":{"epoch":"...","seq":7}},"ack":true,"id":1}',
    "subscribed or error for each topic, with your id, then its present state. Only type and topics (or topic) are needed; since is the place of the last message of a stream that you took.",
  ],
  ['{"type":"unsubscribe","topics":[...]}', "unsubscribed for each topic"],
  ['{"type":"ping"}', "pong; send it every 25 s, in just this spelling, also when you never ack"],
  [
    '{"type":"ack","bytes":40960}',
    "nothing; bytes is the sum of the lengths of all frames of this socket so far (data.length in JavaScript, UTF-16 code units)",
  ],
];

const MESSAGES: readonly (readonly string[])[] = [
  ["connected", "first of all, with the exchange, tick_ms, heartbeat_ms and max_topics"],
  [
    "subscribed",
    "as the answer. recovered true: exactly the messages after your since follow; false: the whole state follows. seq is where you stand after that; epoch null: nobody has produced a value yet",
  ],
  [
    "signal_update",
    "signals changed. With snapshot true data.signals is the whole list: replace yours; otherwise put in or replace data.signals by id and drop the ids in data.removed. A large change comes as several messages (part of parts)",
  ],
  ["market_gate_update", "the gate was judged; always whole"],
  [
    "price_update, index_update, scan_update, feed_update",
    "a latest value moved; it replaces the one before",
  ],
  [
    "reset",
    "continuity was lost or the exchange changed: drop what you have of the topic. The whole state of a stream follows, and of a value the present one if there is any",
  ],
];

function topics(): Html {
  return html`<p>
    Topics: the streams <code>signal:vcp</code> and <code>market_gate</code>, of which nothing is left out and
    which can be resumed for 256 messages; and the latest values <code>index:KOSPI</code>,
    <code>index:KOSDAQ</code>, <code>price:TICKER</code>, <code>scan</code> and <code>feed</code>. Every
    message has its <code>topic</code>, <code>epoch</code> and <code>seq</code>; within an epoch the
    <code>seq</code> of a stream grows by one.
  </p>`;
}

function pace(): Html {
  return html`<p>
      Confirm what you received: with each ping, and at once when 32,768 or more are open. A socket with more
      than 262,144 open (40 KiB on a crowded server) is held back: it is sent nothing, and when it confirms it
      gets every message of its streams and the latest of its values; after 30 s of silence it is closed with
      4101. A socket that never confirms gets one frame a second at most and 8 MiB in its whole life, then
      4101.
    </p>
    <p>
      Whoever is silent is closed with 4101: without <code>ack</code> at the first frame after 60 s without a
      ping, otherwise after 180 s. <code>wscat</code> does not ping by itself. At most 30 messages in 10 s are
      read, except <code>ack</code> for 16,384 or more; at the third excess the socket is closed.
    </p>
    <p>
      A message names at most 256 topics and a socket has at most 512. The sockets of one address have 4,096
      together, which is more than an exchange has stocks; what is beyond is answered with
      <code>topic_limit</code>. A price of a ticker without bars is answered with <code>unknown_topic</code>;
      after an import a new ticker is a topic within ten seconds.
    </p>
    <p>
      Of what the sockets of one address send, 131,072 UTF-16 units are read at once and 32,768 a second
      besides, which names all its topics twice; frames of at most 128 do not count. A message beyond it is
      answered with <code>rate</code> and was not read: send it again later.
    </p>
    <p>
      A new socket is answered 429 with <code>Retry-After</code> in place of 101 when its address opens more
      than 120 in 10 s.
    </p>`;
}

function closings(): readonly (readonly string[])[] {
  const named = Object.values(CLOSE).map(({ code, reason }) => [String(code), reason, adviceOn(code)]);
  return [...named, ["other", "the connection broke, or the server restarted", "come back with since"]];
}

/** The classes of `codes.ts`. */
function adviceOn(code: number): string {
  if (code === CLOSE.login.code) {
    return "stop: send the owner's token, or log in and open the page again";
  }
  if (code < 4100) {
    return "stop: the same would happen again";
  }
  return code < 4200 ? "come back later, with since" : "come back at once, with since";
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<div class="wide" tabindex="0">
    <table>
      <tr>
        ${heads.map((head) => html`<th>${head}</th>`)}
      </tr>
      ${rows.map(
        ([first, ...rest]) =>
          html`<tr>
            <td><code>${first}</code></td>
            ${rest.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </table>
  </div>`;
}
