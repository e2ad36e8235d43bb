/** The industries of the demo market, each with the endings of its companies' names. */

/** A sector, and the endings of its companies' names. */
export interface Industry {
  readonly name: string;
  readonly suffixes: readonly string[];
}

/** In Korean, as the names of the shares: the demo stands for a Korean market. */
export const INDUSTRIES: readonly Industry[] = [
  { name: "반도체", suffixes: ["반도체", "칩스", "실리콘"] },
  { name: "전자부품", suffixes: ["전자", "전자부품", "일렉"] },
  { name: "디스플레이", suffixes: ["디스플레이", "광학"] },
  { name: "이차전지", suffixes: ["배터리", "에너지솔루션", "셀"] },
  { name: "제약", suffixes: ["제약", "약품", "파마"] },
  { name: "바이오", suffixes: ["바이오", "바이오텍", "젠"] },
  { name: "의료기기", suffixes: ["메디칼", "헬스케어"] },
  { name: "소프트웨어", suffixes: ["소프트", "시스템즈", "데이타"] },
  { name: "게임", suffixes: ["게임즈", "인터랙티브"] },
  { name: "미디어", suffixes: ["미디어", "엔터", "스튜디오"] },
  { name: "통신장비", suffixes: ["통신", "네트웍스"] },
  { name: "자동차부품", suffixes: ["모터스", "오토", "기공"] },
  { name: "조선", suffixes: ["조선", "중공업", "해양"] },
  { name: "기계", suffixes: ["기계", "정밀", "로보틱스"] },
  { name: "화학", suffixes: ["화학", "케미칼", "소재"] },
  { name: "철강", suffixes: ["철강", "제강", "금속"] },
  { name: "건설", suffixes: ["건설", "산업개발", "이앤씨"] },
  { name: "음식료", suffixes: ["식품", "제과", "푸드"] },
  { name: "화장품", suffixes: ["코스메틱", "뷰티"] },
  { name: "유통", suffixes: ["유통", "상사", "리테일"] },
  { name: "섬유의복", suffixes: ["섬유", "어패럴", "패션"] },
  { name: "운송", suffixes: ["해운", "물류", "항공"] },
  { name: "금융", suffixes: ["증권", "캐피탈", "홀딩스"] },
  { name: "방위산업", suffixes: ["방산", "에어로", "테크윈"] },
];
