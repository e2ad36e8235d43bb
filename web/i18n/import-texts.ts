/** Texts of the import and the export of a list, which load with their dialogs. */
import type { FileFailure } from "../store/watch/read-file.ts";
import type { PasteRow, Refusal, RowReason } from "../store/watch/judge-paste.ts";
import type { PasteFailure } from "../store/watch/paste.ts";
import type { Locale } from "./locale.ts";

const ko = {
  importTitle: (list: string): string => `'${list}'에 담기`,
  text: "코드와 종목명",
  textHint:
    "한 줄에 하나씩, 또는 쉼표나 탭으로 나누어 붙여넣으세요. KRX:005930, 005930.KS, A005930, 현대차, 엑셀에서 복사한 표를 읽습니다.",
  file: "파일 열기 (CSV, TXT)",
  waiting: "종목명 불러오는 중",
  namesFailed: "종목명을 불러오지 못해 확인할 수 없습니다.",
  retry: "다시 시도",
  preview: "미리보기",
  kinds: {
    new: "새 종목",
    known: "이미 있음",
    again: "겹침",
    ambiguous: "고르기",
    unknown: "모름",
    refused: "못 담음",
  } satisfies Readonly<Record<PasteRow["kind"] | "refused", string>>,
  reasons: {
    code: "그런 코드의 종목이 없습니다",
    exchange: "지금 보는 시장의 코드가 아닙니다",
    name: "그런 이름의 종목이 없습니다",
    cell: "종목명으로 보기에 너무 깁니다",
    full: "목록이 가득 찼습니다 (1,000종목). 다른 목록에 담거나 먼저 덜어 내세요",
    note: "메모가 500자를 넘습니다. 줄여 주세요",
    notes: "메모를 더 저장할 수 없습니다 (2,000종목). 쓰지 않는 메모를 지워 주세요",
    lists: "목록을 더 만들 수 없습니다 (20개). 하나를 삭제하거나 이 목록에 모두 담으세요",
  } satisfies Readonly<Record<RowReason, string>>,
  line: (n: string): string => `${n}행`,
  pick: (typed: string): string => `'${typed}'에 해당하는 종목`,
  pickNone: "고르지 않음",
  withNote: "메모 포함",
  shown: (n: string, all: string): string => `${all}줄 중 ${n}줄 표시`,
  showAll: "모두 표시",
  take: (n: string): string => `${n}종목 담기`,
  nothing: "담을 종목이 없습니다",
  taken: (n: string): string => `${n}종목을 담았습니다.`,
  left: (n: string): string => `담지 못한 ${n}줄은 아래에 남겨 두었습니다.`,
  byList: (n: string): string => `'목록' 열에 적힌 목록으로 나누어 담기 (${n}개)`,
  toList: (list: string): string => `→ ${list}`,
  searchFailed: "이 화면의 일부를 불러오지 못해 확인할 수 없습니다.",
  tooLarge: {
    bytes: (found: string, most: string): string =>
      `글이 ${found}바이트입니다. ${most}바이트까지 읽으니 나누어 붙여넣으세요.`,
    rows: (found: string, most: string): string =>
      `${found}줄입니다. ${most}줄까지 읽으니 나누어 붙여넣으세요.`,
  } satisfies Readonly<Record<PasteFailure["kind"], (found: string, most: string) => string>>,
  files: {
    workbook: "엑셀 파일은 읽지 못합니다. 엑셀에서 CSV로 저장하거나 표를 복사해 붙여넣으세요.",
    unread: "파일을 열지 못했습니다. 옮겼거나 권한이 없을 수 있으니 다시 고르세요.",
    encoding: "글자 파일이 아니거나 알 수 없는 인코딩입니다. UTF-8이나 CP949로 저장하세요.",
  } satisfies Readonly<Record<FileFailure, string>>,

  exportTitle: (list: string): string => `'${list}' 내보내기`,
  csv: "CSV (엑셀)",
  csvHint: "코드, 종목명, 영문명, 시장, 목록, 메모, 추가한 때. 이 페이지에서 다시 읽습니다.",
  csvAll: "모든 목록 CSV",
  csvAllHint: "목록마다 '목록' 열에 이름이 들어갑니다. 가져올 때 목록별로 나누어 담을 수 있습니다.",
  tradingView: "TradingView 목록",
  tradingViewHint: (text: string): string => `TradingView 관심 목록의 '목록 가져오기'로 엽니다. 예: ${text}`,
  tradingViewNone: "이 목록에는 TradingView에 있는 종목(KRX)이 없습니다.",
  download: "내려받기",
  copy: "복사",
  copied: "복사했습니다.",
  refused: "브라우저가 복사를 막았습니다. 내려받기를 쓰세요.",
};

/** Whether a reason is that there is no room, and not that nobody knows what was meant. */
export function isRefusal(reason: RowReason): reason is Refusal {
  return reason === "full" || reason === "note" || reason === "notes" || reason === "lists";
}

export type ImportTexts = typeof ko;

const en: ImportTexts = {
  importTitle: (list) => `Add to "${list}"`,
  text: "Codes and names",
  textHint:
    "One a line, or separated by commas or tabs: KRX:005930, 005930.KS, A005930, names in Korean or English, a table copied from a spreadsheet.",
  file: "Open a file (CSV, TXT)",
  waiting: "Loading the names",
  namesFailed: "The names could not be loaded, so nothing can be checked.",
  retry: "Try again",
  preview: "Preview",
  kinds: {
    new: "new",
    known: "on the list",
    again: "repeated",
    ambiguous: "choose",
    unknown: "unknown",
    refused: "left out",
  },
  reasons: {
    code: "no stock has that code",
    exchange: "a code of the other market",
    name: "no stock has that name",
    cell: "too long for a name",
    full: "the list is full (1,000 stocks): use another list, or remove some first",
    note: "the note is longer than 500 characters: shorten it",
    notes: "no room for another note (2,000 stocks): delete some first",
    lists: "no room for another list (20): delete one, or add everything to this list",
  },
  line: (n) => `line ${n}`,
  pick: (typed) => `Stock meant by "${typed}"`,
  pickNone: "none chosen",
  withNote: "with note",
  shown: (n, all) => `${n} of ${all} rows shown`,
  showAll: "Show all",
  take: (n) => (n === "1" ? "Add 1 stock" : `Add ${n} stocks`),
  nothing: "Nothing to add",
  taken: (n) => (n === "1" ? "Added 1 stock." : `Added ${n} stocks.`),
  left: (n) =>
    n === "1" ? "1 line was not taken and stays below." : `${n} lines were not taken and stay below.`,
  byList: (n) =>
    n === "1" ? "Add to the list named in the text" : `Add to the ${n} lists named in the text`,
  toList: (list) => `→ ${list}`,
  searchFailed: "A part of this page could not be loaded, so nothing can be checked.",
  tooLarge: {
    bytes: (found, most) => `The text has ${found} bytes. At most ${most} are read: paste it in parts.`,
    rows: (found, most) => `The text has ${found} lines. At most ${most} are read: paste it in parts.`,
  },
  files: {
    workbook: "A workbook cannot be read. Save it as CSV, or copy the table and paste it.",
    unread: "The file could not be opened: it may have been moved, or is not allowed. Choose it again.",
    encoding: "This is no text file, or its encoding is unknown. Save it as UTF-8 or CP949.",
  },

  exportTitle: (list) => `Export "${list}"`,
  csv: "CSV (spreadsheet)",
  csvHint: "Code, name, English name, market, list, note, time added. This page reads it again.",
  csvAll: "CSV of all lists",
  csvAllHint: "Each row names its list, and an import can add it to that list again.",
  tradingView: "TradingView list",
  tradingViewHint: (text) => `Open it with "Import list" of a TradingView watchlist. Example: ${text}`,
  tradingViewNone: "No stock of this list is on TradingView (KRX).",
  download: "Download",
  copy: "Copy",
  copied: "Copied.",
  refused: "The browser refused to copy. Use the download.",
};

export const IMPORT_TEXTS: Readonly<Record<Locale, ImportTexts>> = { ko, en };
