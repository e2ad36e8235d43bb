/** Korean texts of the chips, the order and the marks of the list. */

export const koList = {
  pickViews: "묶음",
  pickActionable: "실행 가능",
  pickActionableHint: "임박했거나 오늘 피벗에 닿았거나 돌파한, D를 뺀 시그널",
  pickAll: "전체",
  pickToday: "오늘 터치·돌파",
  pickTodayHint: "진행 중이거나 마지막으로 스캔한 거래일에 피벗에 닿거나 돌파",
  pickEarlier: "지난 돌파",
  pickMarket: "시장",
  pickMine: "이 기기",
  pickNew: "새로 나온",
  pickNewHint: "이 기기에서 마지막으로 본 뒤에 나온 시그널",
  pickStarred: "관심",
  starOf: (name: string): string => `${name} 관심`,

  colForm: "형태",
  colFormHint: "형태의 등급과 점수(100점 만점). 상태마다 최고 등급이 있습니다.",
  formCap: (grade: string): string => `최고 ${grade}`,
  formCapHint: (state: string, grade: string): string =>
    `점수가 높아도 상태가 '${state}'이면 등급은 최고 ${grade}입니다.`,

  sortLabel: "정렬 기준",
  sortAscending: "오름차순",
  sortDescending: "내림차순",

  filterEmptyTitle: "고른 조건에 맞는 시그널이 없습니다",
  filterEmptyText: "조건을 풀면 보이는 수입니다.",
  filterLift: (name: string, n: string): string => `${name} 풀기: ${n}개`,
  filterShowAll: (n: string): string => `모두 보기: ${n}개`,

  viewsOpen: "보기 저장",
  viewsCopy: "링크 복사",
  viewsCopied: "복사됨",
};
