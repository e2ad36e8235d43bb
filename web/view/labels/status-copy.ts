/** The texts of the status in the reader's language. */
import { type Accessor, createMemo } from "solid-js";
import type { StatusCopy } from "../../i18n/ko-status.ts";
import { STATUS_COPY } from "../../i18n/status-copy.ts";
import { useApp } from "../app-context.tsx";

/** Apart from the dictionary: few pages need these texts. */
export function useStatusCopy(): Accessor<StatusCopy> {
  const { locale } = useApp();
  return createMemo(() => STATUS_COPY[locale()]);
}
