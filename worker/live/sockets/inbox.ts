/** What the sockets of an object sent and it has not read yet: read turn by turn, in the order of each socket (WS16b). */
import { MAX_CLIENT_FRAME } from "../../protocol/messages/codec.ts";
import { AddressBudget } from "./address-budget.ts";
import { type Work, WorkQueue } from "./work-queue.ts";

/** A shorter frame asks for little, a ping or an ack: it counts for nothing. */
const SHORT = 128;
/** UTF-16 units of frames that may wait of one socket: its 512 topics asked for and given up four times. */
const MAX_WAITING_A_SOCKET = 65_536;
/** Short frames wait behind longer ones of their socket: so many at most. */
const MAX_FRAMES_A_SOCKET = 64;
/** UTF-16 units of all sockets: 2,000 that come back at once and ask for 50 prices each need less than half of it. */
const MAX_WAITING = 4_194_304;
/** What taking in a socket counts as. */
const UNITS_A_SOCKET = 2_048;

/** What waits of one socket. */
interface Waiting {
  readonly works: Set<Work>;
  units: number;
}

/** UTF-16 units that a frame counts for; 0: it asks for little, or ends its socket. */
function unitsOf(data: string | ArrayBuffer): number {
  return typeof data === "string" && data.length > SHORT && data.length <= MAX_CLIENT_FRAME ? data.length : 0;
}

/** A frame on its arrival; `address`: the one that its socket counts for (WS13), `at` in milliseconds. */
export interface Received {
  readonly socket: WebSocket;
  readonly address: string | null;
  readonly data: string | ArrayBuffer;
  readonly at: number;
}

export class Inbox {
  readonly #queue = new WorkQueue();
  readonly #budget = new AddressBudget();
  readonly #waiting = new Map<WebSocket, Waiting>();
  /** Units of all frames that wait. */
  #units = 0;

  /** Has the frame read now or in its turn. `isTooMuch`: it is only to be answered, because so much was sent or waits. */
  receive({ socket, address, data, at }: Received, read: (isTooMuch: boolean) => void): void {
    const units = unitsOf(data);
    const own = this.#waiting.get(socket);
    if (units === 0 && (own === undefined || isLast(data))) {
      read(false);
      return;
    }
    const isTooMuch =
      (own?.units ?? 0) + units > MAX_WAITING_A_SOCKET ||
      (own?.works.size ?? 0) >= MAX_FRAMES_A_SOCKET ||
      this.#units + units > MAX_WAITING ||
      (address !== null && !this.#budget.take(address, units, at));
    if (isTooMuch) {
      read(true);
    } else {
      this.#add(socket, own ?? { works: new Set(), units: 0 }, units, read);
    }
  }

  /** Nothing of the socket is read any more. */
  forget(socket: WebSocket): void {
    const own = this.#waiting.get(socket);
    own?.works.forEach((work) => {
      this.#queue.drop(work);
    });
    this.#units -= own?.units ?? 0;
    this.#waiting.delete(socket);
  }

  /** Resolves when it is a socket's turn to be taken in. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#queue.add({ units: UNITS_A_SOCKET, run: resolve });
    });
  }

  #add(socket: WebSocket, own: Waiting, units: number, read: (isTooMuch: boolean) => void): void {
    const work: Work = {
      units,
      run: () => {
        this.#drop(socket, own, work);
        read(false);
      },
    };
    if (this.#queue.add(work)) {
      own.works.add(work);
      own.units += units;
      this.#units += units;
      this.#waiting.set(socket, own);
    }
  }

  #drop(socket: WebSocket, own: Waiting, work: Work): void {
    if (own.works.delete(work)) {
      own.units -= work.units;
      this.#units -= work.units;
    }
    if (own.works.size === 0) {
      this.#waiting.delete(socket);
    }
  }
}

/** Binary and frames that are too long end their socket: nothing of it need be read before. */
function isLast(data: string | ArrayBuffer): boolean {
  return typeof data !== "string" || data.length > MAX_CLIENT_FRAME;
}
