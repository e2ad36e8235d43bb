/** What frames of 31 MiB cost a server in memory. A process of its own sends them, so that the readers of this one go on reading. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { residentMiB } from "../testing/load/process-figures.ts";
import { RawSocket } from "../testing/load/raw-socket.ts";
import { WireServer } from "../testing/load/wire-server.ts";

const ATTACKER = new URL("big-frames.ts", import.meta.url).pathname;
const MIB = 1_048_576;

export interface SentFrames {
  /** How each ended: the close code, or the status of the refused upgrade. */
  readonly ends: readonly string[];
  /** Resident MiB before the first and after each. */
  readonly memory: readonly number[];
}

/** One frame after another; a `*` in the path is the number of the frame. */
export async function sendBigFrames(server: WireServer, path: string, frames: number): Promise<SentFrames> {
  const memory = [residentMiB(server.pid)];
  const ends: string[] = [];
  const attacker = spawn(process.execPath, [ATTACKER, String(server.port), String(frames), path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  attacker.stdout.setEncoding("utf8").on("data", (text: string) => {
    ends.push(...text.trim().split("\n"));
    memory.push(residentMiB(server.pid));
  });
  await once(attacker, "exit");
  return { ends, memory };
}

/** The same in a server of its own, where every object that a frame touches has been born before. */
export async function frameMemory(path: string, frames: number): Promise<SentFrames> {
  const server = await WireServer.start();
  try {
    await sendOne(server.port, path.replace("*", "0"), MIB);
    return await sendBigFrames(server, path, frames);
  } finally {
    await server.end();
  }
}

function sendOne(port: number, path: string, length: number): Promise<number> {
  return new Promise((resolve) => {
    const socket: RawSocket = new RawSocket(port, path, {
      open: () => {
        socket.send("x".repeat(length));
      },
      frame: () => undefined,
      closed: resolve,
    });
  });
}
