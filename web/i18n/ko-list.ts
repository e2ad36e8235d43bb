/** Korean texts of the chips, the order and the marks of the list. */

export const koList = {
  pickViews: "보기",
  pickActionable: "실행 가능",
  pickActionableHint: "임박, 또는 오늘 피벗 터치·돌파한 시그널 (D등급 제외)",
  pickAll: "전체",
  pickToday: "오늘 터치·돌파",
  pickTodayHint: "진행 중인 거래일이나 마지막 스캔일에 피벗 터치 또는 돌파",
  pickEarlier: "지난 돌파",
  pickMarket: "시장",
  pickMine: "이 기기",
  pickNew: "신규",
  pickNewHint: "이 기기의 지난 방문 이후 새로 나온 시그널",
  pickStarred: "관심",
  starOf: (name: string): string => `${name} 관심`,

  colForm: "형태",
  colFormHint: "형태 등급과 점수(100점 만점). 상태별로 최고 등급이 있습니다.",
  formCap: (grade: string): string => `최고 ${grade}`,
  formCapHint: (state: string, grade: string): string =>
    `점수가 높아도 상태가 '${state}'이면 등급은 최고 ${grade}입니다.`,

  sortLabel: "정렬 기준",
  sortAscending: "오름차순",
  sortDescending: "내림차순",

  viewsOpen: "보기 저장",
  viewsCopy: "링크 복사",
  viewsCopied: "복사됨",

  besideOpen: "차트 옆에 열기",
  besideClose: "차트 닫기",
};
