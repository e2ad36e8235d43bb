/** The shipped topic, which shows each epoch that it begins: the oracle must know with which state. */
import type { Position } from "../../../app/ports/live.ts";
import type { ExchangeSwitch } from "../../../app/ports/settings.ts";
import { TopicStream } from "../../../live/topic/topic.ts";
import type { StreamBody } from "../stream-state.ts";
import { framed } from "./framed.ts";

export class ObservedTopic extends TopicStream {
  onBegin: (at: Position, to: ExchangeSwitch, body: StreamBody | null) => void = () => undefined;

  override beginSwitch(to: ExchangeSwitch, body: string | null): Position {
    const at = super.beginSwitch(to, body);
    const [whole] = body === null ? [] : framed(body);
    const isState = whole?.type === "signal_update" || whole?.type === "market_gate_update";
    this.onBegin(at, to, isState ? whole : null);
    return at;
  }
}
