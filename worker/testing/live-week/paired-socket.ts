/** A socket whose two ends stand in one process, so that a week of ticks needs no network. */
import type { OpenSocket } from "../../adapters/upstream/vendor-socket.ts";
import type { SocketEnd } from "../fakes/web-socket-server.ts";

/** `accept` gets the vendor's end of each. */
export function pairedSockets(accept: (end: SocketEnd) => void): OpenSocket {
  return (_, listener) => {
    let hasEnded = false;
    const finish = (detail: string | null): void => {
      if (!hasEnded) {
        hasEnded = true;
        end.onEnd();
        if (detail !== null) {
          listener.onEnd(detail);
        }
      }
    };
    const end: SocketEnd = {
      onText: () => undefined,
      onEnd: () => undefined,
      send: (text) => {
        if (!hasEnded) {
          listener.onText(text);
        }
      },
      close: (code = 1000) => {
        finish(`closed with ${code}`);
      },
      cut: () => {
        finish("a line that broke");
      },
    };
    queueMicrotask(() => {
      if (!hasEnded) {
        accept(end);
        listener.onOpen();
      }
    });
    return {
      send: (text) => {
        if (!hasEnded) {
          end.onText(text);
        }
      },
      close: () => {
        finish(null);
      },
    };
  };
}
