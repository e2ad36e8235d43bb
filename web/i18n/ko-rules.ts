/** What each rule and each reason of a signal's history means, in Korean. The type makes a rule without a text a compile error. */
import { formTexts } from "../../worker/protocol/rule-texts.ts";
import { type ReasonId, type RuleTexts, type RunTexts, ruleCopyOf } from "./rule-texts.ts";

const RULES: RuleTexts = {
  no_master: "종목 목록에 없음",
  EL1: "보통주가 아님",
  too_short: "일봉 수 부족",
  no_row: "기준일 거래 기록 없음",
  adjustment_suspect: "수정주가 확인 필요",
  halted: "최근 거래정지 잦음",
  EL2: "관리·주의·정리매매 종목",
  halted_today: "기준일 거래정지",
  EL3_value: "거래대금 부족",
  EL3_price: "주가 1,000원 미만",
  EL4: "거래 없는 날이 많음",
  BS0: "고점 형성 직후라 베이스로 볼 수 없음",
};

const REASONS: Readonly<Record<ReasonId, string>> = {
  new: "신규 포착",
  new_breakout: "돌파 상태로 포착",
  revised: "패턴 갱신",
  ready: "피벗에 접근",
  forming: "아직 형성 중",
  triggered: "진입 기준가 도달",
  breakout: "종가로 피벗 돌파",
  no_close: "피벗 위 마감 실패",
  back_below: "종가가 피벗 아래로 후퇴",
  recovered: "피벗 위로 회복",
  volume: "거래량으로 돌파 확인",
  band: "피벗과의 거리 변화",
  PIVOT_FAIL: "돌파 후 손절가 이탈",
  BASE_FAIL: "베이스 저점 이탈",
  age: "돌파 후 60거래일 경과",
  squat: "되밀림이 10거래일 지속",
  law_changed: "이전 버전 규칙으로 포착된 시그널",
  base_age: "베이스 기간 1년 초과",
  superseded: "새 패턴으로 대체",
  delisted: "거래 기록 중단",
  suspended: "거래정지 20거래일 초과",
  resumed: "거래 재개",
  relisted: "목록 재편입",
  rebased: "권리락 등으로 가격 조정",
  halted: "거래정지",
  halted_today: "거래정지",
  administration: "관리종목 지정",
  caution: "투자주의 지정",
  liquidation: "정리매매",
  withdrawn: "잘못된 일봉에 따른 시그널이라 취소됨",
};

/** Why a scan did not end well; text after a colon is the server's own. */
const RUNS: RunTexts = {
  no_bars: "일봉 데이터 없음",
  interrupted: "실행 중에 중단됨",
  partial_day: "기준일 일봉이 일부만 도착",
  no_session: "기준일이 휴장일",
  still_open: "장 마감 전에 받은 일봉",
  repeats: "전 거래일과 동일한 일봉",
  all_halted: "거래 중이던 종목이 모두 거래정지로 표시됨",
  jump: "가격 단위가 다르거나 가격제한폭을 넘은 종목이 너무 많음",
  volume_unit: "거래량 단위가 다름",
  value_unit: "거래대금 단위가 다름",
  rebased_history: "가져온 파일이 과거 종가를 일정 배수로 변경함",
  bars_moved: "판정 중 일봉이 변경됨",
};

export const koRules = ruleCopyOf({
  rules: { ...RULES, ...formTexts("ko") },
  reasons: REASONS,
  runs: RUNS,
  left: "스캔에서 제외",
  otherRule: (rule) => `다른 버전의 규칙 (${rule})`,
});
