/** Close codes that no server sends: what an end makes of a line that broke or was closed without a word. */
export const CloseCode = { none: 1005, lost: 1006 } as const;
