/** Texts of the saved views, which load when they are opened. */
import type { Locale } from "./locale.ts";

const ko = {
  title: "보기 저장과 링크",
  link: "이 화면의 링크",
  linkNote: "필터 조건과 정렬이 포함되며 언어는 포함되지 않습니다.",
  linkDevice: "'관심'과 '신규'는 링크를 여는 기기를 따릅니다.",
  saved: "저장한 보기",
  savedNote: (n: number, max: number): string => `이 기기에 저장됩니다. ${n}/${max}`,
  none: "아직 저장한 보기가 없습니다.",
  name: "이름",
  save: "현재 화면 저장",
  rename: "이름 바꾸기",
  renameOf: (name: string): string => `${name} 이름 바꾸기`,
  remove: "삭제",
  removeOf: (name: string): string => `${name} 삭제`,
  done: "확인",
  aside:
    "이전에 저장한 보기를 일부 읽을 수 없어 따로 보관했습니다. 설정의 기기 데이터에서 내려받을 수 있습니다.",
  notKept:
    "브라우저가 저장을 거부해 창을 닫으면 사라집니다. 사이트 데이터 저장을 허용하거나 자리를 만들어 주세요.",
  failure: {
    full: "20개까지 저장할 수 있습니다. 하나를 삭제한 후 저장하세요.",
    nameless: "이름을 입력하세요.",
    taken: "같은 이름의 보기가 있습니다. 다른 이름을 입력하세요.",
  },
};

type ViewsTexts = typeof ko;

const en: ViewsTexts = {
  title: "Saved views and link",
  link: "Link to this screen",
  linkNote: "It includes the filters and the sort order, but not the language.",
  linkDevice: "Starred and New depend on the device that opens it.",
  saved: "Saved views",
  savedNote: (n, max) => `Kept on this device. ${n} of ${max}`,
  none: "No saved views yet.",
  name: "Name",
  save: "Save this screen",
  rename: "Rename",
  renameOf: (name) => `Rename ${name}`,
  remove: "Delete",
  removeOf: (name) => `Delete ${name}`,
  done: "OK",
  aside:
    "Some saved views could not be read and were set aside. Download them under device data in the settings.",
  notKept:
    "The browser refuses to store it, and it is gone when the window closes. Allow site data, or free some space.",
  failure: {
    full: "You can save up to 20. Delete one first.",
    nameless: "Enter a name.",
    taken: "A view with that name exists. Choose another name.",
  },
};

export const VIEWS_TEXTS: Readonly<Record<Locale, ViewsTexts>> = { ko, en };
