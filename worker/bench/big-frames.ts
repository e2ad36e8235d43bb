/**
 * Sends frames of 31 MiB, one socket after another, and prints how each ended, its close code or the status of its refusal:
 * `node big-frames.ts PORT COUNT PATH`. A `*` in the path is the number of the frame.
 */
import { RawSocket } from "../testing/load/raw-socket.ts";

const [port = "0", count = "10", path = "/ws?gateways=1"] = process.argv.slice(2);
const MIB = 1_048_576;
const BIG = "x".repeat(31 * MIB);

for (let n = 1; n <= Number(count); n++) {
  const end = await new Promise<number | null>((resolve) => {
    const socket: RawSocket = new RawSocket(Number(port), path.replace("*", String(n)), {
      open: () => {
        socket.send(BIG);
      },
      frame: () => undefined,
      closed: (code, status) => {
        resolve(status === 101 ? code : status);
      },
    });
  });
  console.log(String(end));
}
