/** Whether what the page shows is the last state kept on this device, because it was opened without a network. */
import { createSignal } from "solid-js";

const [storedAt, setStoredAt] = createSignal<string | null>(null);

/** When the newest of the kept answers came, ISO 8601; `null` where all came from the server. */
export { storedAt };

let answered = 0;

/** How often the server itself has answered this page, with what was asked for. */
export function serverAnswers(): number {
  return answered;
}

/** Looks at an answer: one that was kept bears its time, given by the service worker. */
export function noteStored({ headers, ok }: Response): void {
  const at = headers.get("X-Stored-At");
  answered += at === null && ok ? 1 : 0;
  if (at !== null && at > (storedAt() ?? "")) {
    setStoredAt(at);
  }
}
