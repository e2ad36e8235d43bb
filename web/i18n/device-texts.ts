/** Texts of the data of a device in the settings: what is kept, the file of it, and what an import would change. */
import type { DeviceFileFailure } from "../store/device/file/device-file.ts";
import type { ChangeSection, ImportMode } from "../store/device/file/plan.ts";
import type { Locale } from "./locale.ts";

const ko = {
  title: "기기 데이터",
  lead: "목록, 별표, 메모, 저장한 보기, 설정, 계산기 값, 지난 방문은 이 브라우저에만 있습니다. 브라우저 데이터를 지우면 사라지니 파일로 보관하거나 다른 기기로 옮기세요.",
  held: (lists: string, stocks: string, notes: string, views: string): string =>
    `지금: 목록 ${lists}개, 담은 종목 ${stocks}개, 메모 ${notes}개, 저장한 보기 ${views}개`,
  aside: "읽을 수 없어 따로 둔 기록이 있습니다. 내보내는 파일에 그대로 들어갑니다.",
  exportAll: "모두 파일로 내보내기",
  importFile: "파일에서 가져오기 (JSON)",
  modes: { merge: "합치기", replace: "파일로 바꾸기" } satisfies Readonly<Record<ImportMode, string>>,
  modeHints: {
    merge: "기기에 있는 것은 그대로 두고 없는 것을 더합니다. 메모는 나중에 쓴 것이 남습니다.",
    replace: "파일에 있는 항목은 파일과 같아집니다. 기기에만 있던 것은 지워집니다.",
  } satisfies Readonly<Record<ImportMode, string>>,
  how: "가져오는 방법",
  changes: "바뀌는 것",
  none: "바뀌는 것이 없습니다.",
  sections: {
    starred: "★ 관심",
    list: "목록",
    newList: "새 목록",
    goneList: "없어지는 목록",
    notes: "메모",
    views: "저장한 보기",
    settings: "화면과 단축키 설정",
    alerts: "알림 규칙",
    calculator: "계산기 값",
    visits: "지난 방문",
  } satisfies Readonly<Record<ChangeSection, string>>,
  added: (n: string): string => `추가 ${n}`,
  changed: (n: string): string => `변경 ${n}`,
  removed: (n: string): string => `삭제 ${n}`,
  refused: (n: string): string => `한도를 넘어 제외 ${n}`,
  apply: "가져오기",
  cancel: "취소",
  done: "가져왔습니다.",
  notKept:
    "브라우저가 저장을 거부해 창을 닫으면 사라집니다. 사이트 데이터를 지워 자리를 만들거나 저장을 허용한 뒤 다시 누르고, 먼저 파일로 내보내 두세요.",
  noRoom: (n: string): string => `${n}개는 자리가 없어 빠졌습니다. 목록이나 메모를 줄인 뒤 다시 하세요.`,
  undo: "되돌리기",
  again: "마저 되돌리기",
  undone: "가져온 것을 되돌렸습니다. 그 뒤에 바꾼 것은 그대로 있습니다.",
  failure: (why: DeviceFileFailure, found: string): string => {
    switch (why.kind) {
      case "bytes":
        return `파일이 ${found}바이트입니다. 8,000,000바이트까지 읽습니다. 이 페이지에서 내보낸 파일인지 확인하세요.`;
      case "unread":
        return "파일을 열지 못했습니다. 옮겼거나 권한이 없을 수 있으니 다시 고르세요.";
      case "text":
        return "JSON 파일이 아닙니다. 이 페이지에서 '모두 파일로 내보내기'로 만든 파일을 고르세요. 종목 목록(CSV)은 관심 페이지에서 가져옵니다.";
      case "format":
        return "이 페이지에서 내보낸 파일이 아닙니다. '모두 파일로 내보내기'로 만든 파일을 고르세요.";
      case "newer":
        return `더 새로운 버전(${why.version})의 파일입니다. 이 페이지를 새로고침해 최신 버전으로 연 뒤 다시 가져오세요.`;
      case "content":
        return `파일에 읽을 수 없는 부분이 있습니다: ${why.at}. ${why.at.endsWith(".text") ? "메모는 500자까지 읽습니다. 줄인 뒤 다시 고르세요. " : ""}고친 적이 있다면 그 부분을 되돌리거나 다시 내보내세요.`;
    }
  },
};

export type DeviceTexts = typeof ko;

const en: DeviceTexts = {
  title: "Device data",
  lead: "Lists, stars, notes, saved views, settings, the calculator's values and the last visit are in this browser only. Clearing its data deletes them: keep them as a file, or move them to another device.",
  held: (lists, stocks, notes, views) =>
    `Now: lists ${lists}, stocks on them ${stocks}, notes ${notes}, saved views ${views}`,
  aside: "A record that could not be read was set aside. It leaves with the exported file as it is.",
  exportAll: "Export everything as a file",
  importFile: "Import from a file (JSON)",
  modes: { merge: "Merge", replace: "Replace by the file" },
  modeHints: {
    merge: "What is on the device stays, what is missing is added. Of two notes the later one is kept.",
    replace: "What the file holds becomes as it is in the file. What only the device had is deleted.",
  },
  how: "How to import",
  changes: "What changes",
  none: "Nothing changes.",
  sections: {
    starred: "★ Starred",
    list: "List",
    newList: "New list",
    goneList: "Deleted list",
    notes: "Notes",
    views: "Saved views",
    settings: "Display and keyboard settings",
    alerts: "Alert rules",
    calculator: "Values of the calculator",
    visits: "Last visit",
  },
  added: (n) => `${n} added`,
  changed: (n) => `${n} changed`,
  removed: (n) => `${n} deleted`,
  refused: (n) => `${n} over the limit, left out`,
  apply: "Import",
  cancel: "Cancel",
  done: "Imported.",
  notKept:
    "The browser refuses to store it, and it is gone when the window closes. Export everything as a file first; then allow site data or free some space, and press again.",
  noRoom: (n) => `${n} left out for want of room: shorten the lists or notes, then do it again.`,
  undo: "Undo",
  again: "Undo the rest",
  undone: "The import was taken back. What was changed since then stays.",
  failure: (why, found) => {
    switch (why.kind) {
      case "bytes":
        return `The file has ${found} bytes, and 8,000,000 are read at most. Check that this page exported it.`;
      case "unread":
        return "The file could not be opened: it may have been moved, or is not allowed. Choose it again.";
      case "text":
        return 'This is no JSON file. Choose one made by "Export everything as a file"; a list of stocks (CSV) is imported on the page of the lists.';
      case "format":
        return 'This page did not export that file. Choose one made by "Export everything as a file".';
      case "newer":
        return `A newer version (${why.version}) made this file. Reload the page to get the newest version, then import it again.`;
      case "content":
        return `A part of the file cannot be read: ${why.at}. ${why.at.endsWith(".text") ? "A note holds at most 500 characters: shorten it, then choose the file again. " : ""}If it was edited, undo that, or export it again.`;
    }
  },
};

export const DEVICE_TEXTS: Readonly<Record<Locale, DeviceTexts>> = { ko, en };
