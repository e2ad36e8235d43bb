/** What the API page prints to be copied into a terminal. It runs as printed: a test does just that. */
import type { ApiRoute } from "../request/api-routes.ts";

/** The owner's token, once for a terminal. */
export const TOKEN_LINE = "export OWNER_TOKEN=$(grep '^OWNER_TOKEN=' .dev.vars | cut -d= -f2)";

const CONTINUED = " \\\n  ";

/** For a POSIX shell. `origin` is where the page was asked for: `http://127.0.0.1:8787`. */
export function curlOf({ method, owner, body, answer, example }: ApiRoute, origin: string): string {
  if ("switch" in answer) {
    return `npx wscat -c '${origin.replace(/^http/, "ws")}${example.path}'`;
  }
  // A variable of the shell needs double quotes; everything else has single ones.
  const quote = example.first === undefined ? "'" : '"';
  const parts = [
    method === "get" ? "curl -s" : `curl -s -X ${method.toUpperCase()}`,
    ...(owner === true ? ['-H "Authorization: Bearer $OWNER_TOKEN"'] : []),
    ...(body === undefined || example.body === undefined ? [] : bodyOptions(body.type, example.body)),
    `${quote}${origin}${example.path}${quote}`,
  ];
  const command = parts.join(parts.length > 2 ? CONTINUED : " ");
  const piped =
    body?.type === "text/csv" ? `printf '${lines(example.body ?? "")}\\n' |${CONTINUED}${command}` : command;
  return example.first === undefined ? piped : `${firstOf(example.first, origin)}\n${piped}`;
}

function bodyOptions(type: string, body: string): readonly string[] {
  return [`-H 'Content-Type: ${type}'`, type === "text/csv" ? "--data-binary @-" : `-d '${body}'`];
}

/** `printf` reads `\n` as the end of a line. */
function lines(text: string): string {
  return text.replaceAll("\n", "\\n");
}

function firstOf([list, field]: readonly [string, string], origin: string): string {
  return `ID=$(curl -s '${origin}${list}' | grep -o '"${field}":"[^"]*"' | head -n 1 | cut -d'"' -f4)`;
}

/** A whole client for Node 22 or newer, without a dependency: it confirms, and comes back to where it was. */
export function clientOf(origin: string): string {
  return `const topics = ["signal:vcp", "market_gate", "index:KOSPI", "price:D00001"];
const since = {}; // the place of the last message of each topic: streams go on from there

function connect() {
  const socket = new WebSocket("${origin.replace(/^http/, "ws")}/ws");
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
