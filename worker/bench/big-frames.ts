/** Sends frames of 31 MiB, one socket after another, and prints how each was closed: `node big-frames.ts PORT COUNT`. */
import { RawSocket } from "./raw-socket.ts";

const [port = "0", count = "10"] = process.argv.slice(2);
const MIB = 1_048_576;
const BIG = "x".repeat(31 * MIB);

for (let n = 0; n < Number(count); n++) {
  const code = await new Promise<number>((resolve) => {
    const socket: RawSocket = new RawSocket(Number(port), "/ws?gateways=1", {
      open: () => {
        socket.say(BIG);
      },
      frame: () => undefined,
      closed: resolve,
    });
  });
  console.log(String(code));
}
