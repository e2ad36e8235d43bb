/** The texts of the historical study in the reader's language, apart from the dictionary: two pages need them. */
import { type Accessor, createMemo } from "solid-js";
import { enStudy } from "../../i18n/en-study.ts";
import { koStudy, type StudyCopy } from "../../i18n/ko-study.ts";
import { useApp } from "../app-context.tsx";

export function useStudyCopy(): Accessor<StudyCopy> {
  const { locale } = useApp();
  return createMemo(() => (locale() === "ko" ? koStudy : enStudy));
}
