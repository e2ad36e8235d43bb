/** What the API page prints to be copied into a terminal. It runs as printed: a test does just that. */
import type { ApiRoute } from "../request/api-routes.ts";

/** The owner's token, once for a terminal. */
export const TOKEN_LINE = "export OWNER_TOKEN=$(grep '^OWNER_TOKEN=' .dev.vars | cut -d= -f2)";

const CONTINUED = " \\\n  ";

/** Where the page was asked for, `http://127.0.0.1:8787`, and whether the active exchange is shown only to whoever has logged in. */
export interface DocsPlace {
  readonly origin: string;
  readonly isClosed: boolean;
}

const WITH_TOKEN = '-H "Authorization: Bearer $OWNER_TOKEN"';

/** For a POSIX shell. */
export function curlOf(route: ApiRoute, { origin, isClosed }: DocsPlace): string {
  const { method, owner, open, body, answer, example } = route;
  const asksToken = owner === true || (isClosed && open !== true);
  if ("switch" in answer) {
    const address = `'${origin.replace(/^http/, "ws")}${example.path}'`;
    return `npx wscat ${asksToken ? `${WITH_TOKEN} ` : ""}-c ${address}`;
  }
  // A variable of the shell needs double quotes; everything else has single ones.
  const isNamed = example.first !== undefined || example.subscription !== undefined;
  const quote = isNamed ? '"' : "'";
  const parts = [
    method === "get" ? "curl -s" : `curl -s -X ${method.toUpperCase()}`,
    ...(asksToken ? [WITH_TOKEN] : []),
    ...(example.subscription === undefined ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(body === undefined || example.body === undefined ? [] : bodyOptions(body.type, example.body)),
    `${quote}${origin}${example.path}${quote}`,
  ];
  const command = parts.join(parts.length > 2 ? CONTINUED : " ");
  const piped =
    body?.type === "text/csv" ? `printf '${lines(example.body ?? "")}\\n' |${CONTINUED}${command}` : command;
  if (example.subscription !== undefined) {
    return `${subscribing(example.subscription, { origin, isClosed })}\n${piped}`;
  }
  return example.first === undefined ? piped : `${firstOf(example.first, { origin, isClosed })}\n${piped}`;
}

function bodyOptions(type: string, body: string): readonly string[] {
  return [`-H 'Content-Type: ${type}'`, type === "text/csv" ? "--data-binary @-" : `-d '${body}'`];
}

/** `printf` reads `\n` as the end of a line. */
function lines(text: string): string {
  return text.replaceAll("\n", "\\n");
}

function firstOf([list, field]: readonly [string, string], { origin, isClosed }: DocsPlace): string {
  return `ID=$(curl -s ${isClosed ? `${WITH_TOKEN} ` : ""}'${origin}${list}' | grep -o '"${field}":"[^"]*"' | head -n 1 | cut -d'"' -f4)`;
}

/** Of the answer in `$MADE`. */
function fieldOf(name: string): string {
  return `$(printf %s "$MADE" | grep -o '"${name}":"[^"]*"' | head -n 1 | cut -d'"' -f4)`;
}

function subscribing(body: string, { origin, isClosed }: DocsPlace): string {
  const made = `curl -s ${isClosed ? `${WITH_TOKEN} ` : ""}-d '${body}' '${origin}/api/push/subscriptions'`;
  return `MADE=$(${made})\nID=${fieldOf("id")}\nTOKEN=${fieldOf("token")}`;
}

/** A whole client for Node 22 or newer, without a dependency: it confirms, and comes back to where it was. */
export function clientOf({ origin, isClosed }: DocsPlace): string {
  const header = ", { headers: { Authorization: `Bearer ${process.env.OWNER_TOKEN}` } }";
  return `const topics = ["signal:vcp", "market_gate", "index:KOSPI", "price:D00001"];
const since = {}; // the place of the last message of each topic: streams go on from there

function connect() {
  const socket = new WebSocket("${origin.replace(/^http/, "ws")}/ws"${isClosed ? header : ""});
  let [received, confirmed, timer] = [0, 0, undefined];
  const confirm = () => {
    confirmed = received;
    socket.send(JSON.stringify({ type: "ack", bytes: received }));
  };
  socket.onopen = () => {
    socket.send(JSON.stringify({ type: "subscribe", topics, since, ack: true }));
    timer = setInterval(() => {
      socket.send('{"type":"ping"}');
      confirm();
    }, 25_000);
  };
  socket.onmessage = ({ data }) => {
    // A frame is one message or an array of messages.
    for (const { type, topic = "", epoch, seq = "", data: value = "" } of [JSON.parse(data)].flat()) {
      console.log(type, topic, seq, JSON.stringify(value));
      if (value !== "") {
        since[topic] = { epoch, seq };
      }
    }
    received += data.length;
    if (received - confirmed >= 32_768) {
      confirm();
    }
  };
  socket.onclose = ({ code, reason }) => {
    console.log("closed", code, reason);
    clearInterval(timer);
    const isFinal = code === 1003 || code === 1009 || (code >= 4000 && code < 4100);
    if (!isFinal) {
      setTimeout(connect, 1_000 + Math.random() * 9_000);
    }
  };
}
connect();`;
}
