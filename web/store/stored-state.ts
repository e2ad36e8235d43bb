/** Whether what the page shows is the last state kept on this device, because it was opened without a network. */
import { createSignal } from "solid-js";

const [storedAt, setStoredAt] = createSignal<string | null>(null);

/** When the newest of the kept answers came, ISO 8601; `null` where all came from the server. */
export { storedAt };

/** Looks at an answer: one that was kept bears its time, given by the service worker. */
export function noteStored({ headers }: Response): void {
  const at = headers.get("X-Stored-At");
  if (at !== null && at > (storedAt() ?? "")) {
    setStoredAt(at);
  }
}
