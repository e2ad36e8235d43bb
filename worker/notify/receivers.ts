/** Names of those who are sent messages, among the owner's channels and the browsers. */

const CHANNEL = "channel:";
const PUSH = "push:";

export function channelReceiver(id: string): string {
  return `${CHANNEL}${id}`;
}

export function pushReceiver(id: string): string {
  return `${PUSH}${id}`;
}

/** `null` for a browser. */
export function channelOf(receiver: string): string | null {
  return receiver.startsWith(CHANNEL) ? receiver.slice(CHANNEL.length) : null;
}

export function idOf(receiver: string): string {
  return receiver.slice(receiver.indexOf(":") + 1);
}
