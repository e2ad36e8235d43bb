/** The industries of the demo market, each with the endings of its companies' names. */

/** A part of a name in Korean and as the company writes it in English. */
export type DemoName = readonly [ko: string, en: string];

/** A sector, and the endings of its companies' names. */
export interface Industry {
  readonly name: string;
  readonly suffixes: readonly DemoName[];
}

/** In Korean, as the names of the shares: the demo stands for a Korean market. */
export const INDUSTRIES: readonly Industry[] = [
  {
    name: "반도체",
    suffixes: [
      ["반도체", "Semiconductor"],
      ["칩스", "Chips"],
      ["실리콘", "Silicon"],
    ],
  },
  {
    name: "전자부품",
    suffixes: [
      ["전자", "Electronics"],
      ["전자부품", "Components"],
      ["일렉", "Electric"],
    ],
  },
  {
    name: "디스플레이",
    suffixes: [
      ["디스플레이", "Display"],
      ["광학", "Optics"],
    ],
  },
  {
    name: "이차전지",
    suffixes: [
      ["배터리", "Battery"],
      ["에너지솔루션", "Energy Solution"],
      ["셀", "Cell"],
    ],
  },
  {
    name: "제약",
    suffixes: [
      ["제약", "Pharmaceutical"],
      ["약품", "Medicine"],
      ["파마", "Pharma"],
    ],
  },
  {
    name: "바이오",
    suffixes: [
      ["바이오", "Bio"],
      ["바이오텍", "Biotech"],
      ["젠", "Gen"],
    ],
  },
  {
    name: "의료기기",
    suffixes: [
      ["메디칼", "Medical"],
      ["헬스케어", "Healthcare"],
    ],
  },
  {
    name: "소프트웨어",
    suffixes: [
      ["소프트", "Soft"],
      ["시스템즈", "Systems"],
      ["데이타", "Data"],
    ],
  },
  {
    name: "게임",
    suffixes: [
      ["게임즈", "Games"],
      ["인터랙티브", "Interactive"],
    ],
  },
  {
    name: "미디어",
    suffixes: [
      ["미디어", "Media"],
      ["엔터", "Entertainment"],
      ["스튜디오", "Studio"],
    ],
  },
  {
    name: "통신장비",
    suffixes: [
      ["통신", "Telecom"],
      ["네트웍스", "Networks"],
    ],
  },
  {
    name: "자동차부품",
    suffixes: [
      ["모터스", "Motors"],
      ["오토", "Auto"],
      ["기공", "Automotive"],
    ],
  },
  {
    name: "조선",
    suffixes: [
      ["조선", "Shipbuilding"],
      ["중공업", "Heavy Industries"],
      ["해양", "Offshore Engineering"],
    ],
  },
  {
    name: "기계",
    suffixes: [
      ["기계", "Machinery"],
      ["정밀", "Precision"],
      ["로보틱스", "Robotics"],
    ],
  },
  {
    name: "화학",
    suffixes: [
      ["화학", "Chemical"],
      ["케미칼", "Chemicals"],
      ["소재", "Materials"],
    ],
  },
  {
    name: "철강",
    suffixes: [
      ["철강", "Iron & Steel"],
      ["제강", "Steel"],
      ["금속", "Metal"],
    ],
  },
  {
    name: "건설",
    suffixes: [
      ["건설", "Construction"],
      ["산업개발", "Development"],
      ["이앤씨", "E&C"],
    ],
  },
  {
    name: "음식료",
    suffixes: [
      ["식품", "Foods"],
      ["제과", "Confectionery"],
      ["푸드", "Food"],
    ],
  },
  {
    name: "화장품",
    suffixes: [
      ["코스메틱", "Cosmetics"],
      ["뷰티", "Beauty"],
    ],
  },
  {
    name: "유통",
    suffixes: [
      ["유통", "Distribution"],
      ["상사", "Trading"],
      ["리테일", "Retail"],
    ],
  },
  {
    name: "섬유의복",
    suffixes: [
      ["섬유", "Textile"],
      ["어패럴", "Apparel"],
      ["패션", "Fashion"],
    ],
  },
  {
    name: "운송",
    suffixes: [
      ["해운", "Shipping"],
      ["물류", "Logistics"],
      ["항공", "Airlines"],
    ],
  },
  {
    name: "금융",
    suffixes: [
      ["증권", "Securities"],
      ["캐피탈", "Capital"],
      ["홀딩스", "Holdings"],
    ],
  },
  {
    name: "방위산업",
    suffixes: [
      ["방산", "Defense"],
      ["에어로", "Aero"],
      ["테크윈", "Techwin"],
    ],
  },
];
