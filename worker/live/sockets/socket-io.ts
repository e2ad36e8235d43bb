/** What is done to a socket of the platform. A call throws on a socket that ended unseen, which concerns no other socket (WS9). */
import { type Log, logFailure, type LogLevel } from "../../app/ports/log.ts";
import { CLOSE, type CloseName } from "../../protocol/messages/codes.ts";

/** Codes that stand for a close without a code; none of them may be sent. */
const CODES_NOT_SENT: ReadonlySet<number> = new Set([1005, 1006, 1015]);

/** Writes to sockets; a socket that is gone is logged once and otherwise ignored. */
export class SocketIo {
  readonly #log: Log;
  /** Sockets whose failure stands in the log: each further frame to an ended socket fails too. */
  readonly #logged = new WeakSet<WebSocket>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** After a failure the socket's close event follows, or its silence is noticed. */
  send(socket: WebSocket, frames: readonly string[]): void {
    this.#attempt("socket_send_failed", "warn", socket, () => {
      for (const frame of frames) {
        socket.send(frame);
      }
    });
  }

  close(socket: WebSocket, name: CloseName): void {
    const { code, reason } = CLOSE[name];
    // A failure means that the socket was closed already.
    this.#attempt("socket_close_failed", "info", socket, () => socket.close(code, reason));
  }

  /** The client closed: without an answer it would wait for the end of its socket (WS3f). */
  answerClose(socket: WebSocket, code: number): void {
    // A failure means that this object closed first, and the client's close was the answer.
    this.#attempt("socket_close_failed", "info", socket, () =>
      CODES_NOT_SENT.has(code) ? socket.close() : socket.close(code),
    );
  }

  /** `attachment` survives hibernation; a socket that is going down keeps nothing. */
  attach(socket: WebSocket, attachment: object): void {
    this.#attempt("socket_attach_failed", "warn", socket, () => socket.serializeAttachment(attachment));
  }

  #attempt(event: string, level: LogLevel, socket: WebSocket, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!this.#logged.has(socket)) {
        this.#logged.add(socket);
        logFailure(this.#log, event, error, {}, level);
      }
    }
  }
}
