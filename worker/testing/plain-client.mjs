// The whole client that a script needs, on Node 22 or later without a dependency: a line a message, until it is ended.
// node plain-client.mjs [ws://host/ws] [ticker ...]; without tickers it follows the first five of the list of signals.
const [url = "ws://localhost:8787/ws", ...named] = process.argv.slice(2);

function print({ type, topic = "", epoch, seq, recovered, snapshot, exchange, code, data = {} }) {
  const kind = snapshot === true ? "snapshot" : recovered === undefined ? "" : recovered ? "missed" : "whole";
  const value = data.price ?? data.index ?? data.status ?? data.count ?? exchange ?? code ?? "";
  const parts = [type, topic, seq === undefined ? "" : `${epoch}/${seq}`, kind, String(value)];
  process.stdout.write(`${parts.filter((part) => part !== "").join(" ")}\n`);
}

const list = new URL("/api/kr/signals?limit=5", url.replace(/^ws/, "http"));
// A real market asks for the owner's token, unless its deployment is open to everyone.
const token = process.env.OWNER_TOKEN ?? "";
const options = token === "" ? {} : { headers: { Authorization: `Bearer ${token}` } };
const listed = async () => (await (await fetch(list, options)).json()).signals.map(({ ticker }) => ticker);
const tickers = named.length > 0 ? named : await listed();
const topics = ["signal:vcp", "market_gate", "index:KOSPI", ...tickers.map((ticker) => `price:${ticker}`)];
const socket = new WebSocket(url, options);
socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "subscribe", topics })));
socket.addEventListener("message", ({ data }) => [JSON.parse(data)].flat().forEach(print));
socket.addEventListener("close", ({ code, reason }) => print({ type: "closed", topic: reason, code }));
setInterval(() => socket.send('{"type":"ping"}'), 25_000).unref();
