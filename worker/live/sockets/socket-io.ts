/** What is done to a socket of the platform. It may have ended unseen, and then throws: that concerns nobody else (WS9). */
import { CLOSE, type CloseName } from "../../protocol/messages/close-codes.ts";

/** They stand for a close without a code, and are not for sending. */
const UNSAID: ReadonlySet<number> = new Set([1005, 1006, 1015]);

export function sendFrames(socket: WebSocket, frames: readonly string[]): void {
  try {
    for (const frame of frames) {
      socket.send(frame);
    }
  } catch {
    // Its close event follows, or its silence is noticed.
  }
}

export function closeWith(socket: WebSocket, name: CloseName): void {
  const { code, reason } = CLOSE[name];
  try {
    socket.close(code, reason);
  } catch {
    // It was closed already, which is what was wanted.
  }
}

/** The client closed: nobody else answers it, and without an answer it would wait for its end (WS3f). */
export function answerClose(socket: WebSocket, code: number): void {
  try {
    if (UNSAID.has(code)) {
      socket.close();
    } else {
      socket.close(code);
    }
  } catch {
    // We closed first: this was the answer.
  }
}
