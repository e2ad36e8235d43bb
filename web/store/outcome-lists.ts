/** The signals behind a row of the outcomes, and the archive: what each asks for, and how it is read. */
import type { Accessor } from "solid-js";
import { PerformanceSignalsBody, StudyEntriesBody } from "../../worker/protocol/rest/outcome-list.ts";
import { EndedSignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import { fetchJson } from "./fetch-json.ts";
import { createPagedList, type PagedList } from "./paged-list.ts";

/** `search` is the query of the row without its question mark. */
export function createLiveSignals(search: Accessor<string>): PagedList<PerformanceSignalsBody> {
  return createPagedList(
    () => `/api/kr/performance/signals?${search()}`,
    async (address, abort) => fetchJson(address, PerformanceSignalsBody, abort),
  );
}

export function createStudyEntries(search: Accessor<string>): PagedList<StudyEntriesBody> {
  return createPagedList(
    () => `/api/kr/study/entries?${search()}`,
    async (address, abort) => fetchJson(address, StudyEntriesBody, abort),
  );
}

export function createArchive(search: Accessor<string>): PagedList<EndedSignalsBody> {
  return createPagedList(
    () => `/api/kr/archive?${search()}`,
    async (address, abort) => fetchJson(address, EndedSignalsBody, abort),
  );
}
