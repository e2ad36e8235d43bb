/** Texts of the page of all settings, which load with it or with the dialog that leads to it. */
import type { Locale } from "./locale.ts";

const ko = {
  title: "설정",
  all: "모든 설정과 기기 데이터",
  lead: "이 기기의 이 브라우저에만 저장됩니다.",
  screen: "화면",
  keys: "단축키",
  naming: "종목 표시",
  nameFirst: "이름 먼저",
  codeFirst: "코드 먼저",
  colours: "등락 색상",
  coloursKr: "한국식 (상승 빨강, 하락 파랑)",
  coloursUs: "미국식 (상승 초록, 하락 빨강)",
  coloursSafe: "색각 보정 (상승 주황, 하락 파랑)",
  coloursSample: "예시",
};

export type SettingsTexts = typeof ko;

const en: SettingsTexts = {
  title: "Settings",
  all: "All settings and device data",
  lead: "Kept in this browser on this device only.",
  screen: "Display",
  keys: "Keyboard",
  naming: "Stocks shown by",
  nameFirst: "Name first",
  codeFirst: "Code first",
  colours: "Price colours",
  coloursKr: "Korean (red up, blue down)",
  coloursUs: "US (green up, red down)",
  coloursSafe: "Colour-blind safe (orange up, blue down)",
  coloursSample: "Sample",
};

export const SETTINGS_TEXTS: Readonly<Record<Locale, SettingsTexts>> = { ko, en };
