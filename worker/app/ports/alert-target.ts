/** Where alerts may be sent to: an address that somebody typed in must not lead into the network that the Worker stands in. */

/** Every address of a host name, as text; empty where the name does not exist, `null` where nobody could answer. Never rejects. */
export type ResolveName = (name: string) => Promise<readonly string[] | null>;

export interface AlertTargets {
  /**
   * Why nothing is sent to `url`, as one clause that holds no part of the address; `null` where it may be. Names are resolved anew
   * each time. Never rejects.
   */
  refusal(url: string): Promise<string | null>;
}
