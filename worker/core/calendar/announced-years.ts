/** Up to which year the exchange has announced its closed days; alone in a file, so that the page need not carry the table. */
export const LAST_ANNOUNCED_YEAR = 2026;
