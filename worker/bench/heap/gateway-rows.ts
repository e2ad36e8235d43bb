/** What a full gateway holds: 2,000 sockets under moving prices, and 2,000 sockets with as many topics as one may have. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../cli/serve/local-port.ts";
import { MAX_TOPICS_A_SOCKET } from "../../protocol/messages/client-message.ts";
import { MeasuredCrowd } from "../../testing/load/measured-crowd.ts";
import { priceTopics } from "../../testing/load/rate.ts";
import { WireServer } from "../../testing/load/wire-server.ts";
import type { NoteRow } from "./book-rows.ts";
import { V8_FLAGS } from "./gc-trace.ts";
import { Isolate, tracingWorkerd } from "./isolate.ts";

const SOCKETS = 2_000;
const TOPICS = 50;
const HZ = 4;
const SECONDS = 10;

/** The gateway alone has sockets; the feed that moves the prices and a topic share its isolate. */
export async function gatewayRows(note: NoteRow): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "vcp-heap-"));
  const inspector = await findFreePort();
  const executable = tracingWorkerd(folder);
  const server = await WireServer.start({ executable, v8Flags: V8_FLAGS, inspector });
  try {
    const isolate = await Isolate.attach(inspector, folder);
    try {
      note(
        `Gateway: ${SOCKETS} sockets x ${TOPICS} prices at ${HZ} Hz`,
        await isolate.during(() => joinAndLeave(server, { topics: TOPICS, parts: 1 })),
      );
      note(
        `Gateway: ${SOCKETS} sockets x ${MAX_TOPICS_A_SOCKET} topics, a tenth of them moves a tick`,
        await isolate.during(() => joinAndLeave(server, { topics: MAX_TOPICS_A_SOCKET, parts: 10 })),
      );
    } finally {
      isolate.detach();
    }
  } finally {
    await server.end();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Plan {
  readonly topics: number;
  /** Of so many parts of the prices one moves a tick. */
  readonly parts: number;
}

/** Everyone joins, prices move, everyone leaves. */
async function joinAndLeave(server: WireServer, { topics, parts }: Plan): Promise<void> {
  const crowd = new MeasuredCrowd(server, {
    path: "/ws?gateways=1",
    size: SOCKETS,
    topics: priceTopics(topics),
  });
  try {
    await crowd.gather();
    if (crowd.open < SOCKETS) {
      throw new Error(`Only ${crowd.open} of ${SOCKETS} sockets are open`);
    }
    const move = (tick: number): Promise<void> => server.post(`/tick?tick=${tick}&parts=${parts}`);
    await crowd.measure({ hz: HZ, ticks: HZ * SECONDS, move });
  } finally {
    crowd.leave();
  }
}
