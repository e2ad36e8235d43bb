/** A socket to a vendor, reduced to what the adapters need of it: one that is opened over the platform's own class, and one of a test. */

/** The end of a socket on this side. */
export interface VendorSocket {
  /** A text to a socket that is not open is lost, and its end is an event. */
  send(text: string): void;
  close(): void;
}

/** What happens to a socket. `onEnd` is the last call, and comes once. */
export interface SocketListener {
  onOpen(): void;
  onText(text: string): void;
  onEnd(detail: string): void;
}

/** Nothing is called before it has returned. */
export type OpenSocket = (url: string, listener: SocketListener) => VendorSocket;

/** Over the class `WebSocket` of the platform, which the Worker and Node share. */
export const openPlatformSocket: OpenSocket = (url, listener) => {
  const socket = new WebSocket(url);
  let hasEnded = false;
  const end = (detail: string): void => {
    if (!hasEnded) {
      hasEnded = true;
      listener.onEnd(detail);
    }
  };
  socket.addEventListener("open", () => {
    listener.onOpen();
  });
  socket.addEventListener("message", ({ data }) => {
    // The vendor sends texts alone.
    if (typeof data === "string") {
      listener.onText(data);
    }
  });
  socket.addEventListener("error", () => {
    end("no connection, or one that broke");
  });
  socket.addEventListener("close", ({ code }) => {
    end(`closed with ${code}`);
  });
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(text);
      }
    },
    close: () => {
      socket.close();
    },
  };
};
