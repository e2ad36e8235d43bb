/** Close codes that no server sends: an end reports them of a line that broke or was closed without a code. */
export const CloseCode = { none: 1005, lost: 1006 } as const;
