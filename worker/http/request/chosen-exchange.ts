/** Which exchange a request is about: the active one, unless it names another. The two are never mixed. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { HttpPorts } from "./ports.ts";

export async function chosenExchange(ports: HttpPorts, asked: Exchange | undefined): Promise<Exchange> {
  return asked ?? (await ports.settings.activeExchange());
}
