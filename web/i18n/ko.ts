/** Korean texts, and by their shape the keys that every other language must have. */
import { koList } from "./ko-list.ts";
import { koLive } from "./ko-live.ts";
import { koPages } from "./ko-pages.ts";
import { koRefusals } from "./ko-refusals.ts";

export const ko = {
  ...koList,
  ...koLive,
  ...koPages,
  ...koRefusals,
  product: "VCP 레이더",
  skip: "본문으로 건너뛰기",
  language: "언어",
  theme: "화면 테마",
  themeSystem: "시스템 설정",
  themeLight: "라이트",
  themeDark: "다크",
  reload: "새로고침",
  reloading: "불러오는 중",
  retry: "다시 시도",

  demoRibbon: "데모 시장: 종목과 가격 모두 가상입니다",
  exchange: "거래소",
  asOf: (time: string): string => `${time} 기준`,
  closesOf: (day: string): string => `${day} 종가 기준`,
  pricesOf: (time: string): string => `${time} 잠정`,
  /** Of one value, beside it. */
  closeOf: (day: string): string => `${day} 종가`,
  oldCloses: (day: string, days: string): string => `${day} 종가입니다. ${days}일 전의 값입니다.`,
  kst: "KST",

  marketNow: "시장 현황",
  indexMissing: "지수 데이터 없음",
  indexFailed: "지수를 불러오지 못했습니다",

  gateTitle: "시장 게이트",
  gateGREEN: "우호",
  gateYELLOW: "주의",
  gateRED: "비우호",
  gateUNKNOWN: "판단 보류",
  gateReasons: "판단 근거",
  gatePoints: "점수",
  gateEmpty: "스캔을 실행하면 시장 게이트가 계산됩니다.",
  gateThin: "확보한 지표가 절반 미만이라 판단을 보류합니다.",

  run_running: "실행 중",
  run_done: "완료",
  run_failed: "실패",
  run_skipped: "건너뜀",

  signalsTitle: "활성 VCP 시그널",
  signalsCaption: "활성 VCP 시그널",
  signalsShown: (shown: string, all: string): string => `${all}개 중 ${shown}개`,
  signalsLoaded: (n: string, all: string): string => `${all}개 중 ${n}개만 불러옴`,
  signalsOrigin: (now: string, before: string): string => `이번 스캔 포착 ${now} + 이전부터 추적 ${before}`,
  colName: "종목",
  colFootprint: "수축",
  colState: "상태",
  colDistance: "피벗까지",
  colPivot: "피벗",
  colStop: "손절",
  colRisk: "위험",
  colRs: "RS 순위",
  colDryUp: "거래량 감소",
  colDryUpHint: "최근 10일 거래량의 중앙값 ÷ 50일 평균. 낮을수록 거래량이 줄었습니다.",
  colRsHint: "전 종목 대비 상대강도, 1~99",
  colRiskHint: "진입 기준가에서 손절가까지의 하락률",
  depthsText: (n: number, depths: string): string => `${n}회 수축: ${depths}`,

  stateFORMING: "형성 중",
  stateREADY: "임박",
  stateTRIGGERED: "피벗 터치",
  stateCONFIRMED: "돌파",
  stateUNCONFIRMED: "미확인 돌파",
  stateSQUAT: "되밀림",
  stateEXTENDED: "확장",
  stateOVEREXTENDED: "과확장",
  stateSUSPENDED: "거래정지",
  stateFAILED: "실패",
  stateEXPIRED: "종료",

  nth: (n: number): string => `${n}차`,
  planTarget2: "2R",
  planTarget3: "3R",
  value: "값",
  threshold: "기준",
  condition: "조건",
  result: "판정",

  errorTitle: "불러오지 못했습니다",
  errorKept: "새로고침에 실패해 이전 내용을 표시합니다.",
  errorOffline: "서버에 연결할 수 없습니다. 네트워크를 확인하세요.",
  errorUnreadable: "서버 응답을 해석할 수 없습니다. 페이지를 다시 열어 주세요.",
  errorStatus: (status: number): string => `서버 오류 응답: ${status}`,
  requestId: "요청 번호",

  notAdvice:
    "매수·매도 권유가 아님. 규칙에 따라 자동으로 선별한 후보 목록이며 투자 판단의 책임은 이용자에게 있습니다.",
  sourceDemo: "데이터: 내장 데모 시장(가상의 종목과 가격)",
  sourceKrx: "데이터: KRX 일봉 (파일로 가져왔거나 운영자의 API 키로 수신). 실시간 시세가 아닙니다",
  derivedHolidays:
    "올해 거래소 휴장일은 공휴일 법령에 따라 계산했습니다. 선거일과 임시공휴일은 누락될 수 있습니다.",
};

export type Dictionary = typeof ko;
