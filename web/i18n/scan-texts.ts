/** Texts of the last scan in short, which load with it. */
import type { Locale } from "./locale.ts";

const ko = {
  lastScan: "마지막 스캔",
  noScan: "스캔 기록 없음",
  scanRunning: "스캔 실행 중",
  scanTitle: "스캔 요약",
  scanEmpty: "아직 실행된 스캔이 없습니다.",
  scanOverdue: "예정된 스캔이 아직 끝나지 않았습니다.",
  funnelUniverse: "전체 종목",
  funnelEligible: "유동성·종목 요건",
  funnelTemplate: "추세·상대강도",
  funnelBase: "수축 베이스",
  funnelDetected: "최종 포착",
  scanMissing: (reason: string): string =>
    `마지막 스캔이 실행되지 않았습니다: ${reason}. 목록과 시그널은 이전 스캔 기준입니다.`,
  runProgress: (done: string, total: string): string => `${total}개 중 ${done}개 처리`,
};

export type ScanTexts = typeof ko;

const en: ScanTexts = {
  lastScan: "Last scan",
  noScan: "No scan yet",
  scanRunning: "Scan running",
  scanTitle: "Scan summary",
  scanEmpty: "No scan has run yet.",
  scanOverdue: "The scheduled scan has not finished.",
  funnelUniverse: "Universe",
  funnelEligible: "Liquid and eligible",
  funnelTemplate: "Trend and strength",
  funnelBase: "Contraction base",
  funnelDetected: "Detected",
  scanMissing: (reason) =>
    `The last scan did not run: ${reason}. The list and its signals are from the scan before.`,
  runProgress: (done, total) => `${done} of ${total} done`,
};

export const SCAN_TEXTS: Readonly<Record<Locale, ScanTexts>> = { ko, en };
