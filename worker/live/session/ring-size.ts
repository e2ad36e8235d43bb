/** WS6: how many messages of a stream are kept, to be resumed from by readers that were away. */
export const RING_SIZE = 256;
