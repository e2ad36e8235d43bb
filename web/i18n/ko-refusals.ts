/** What each refusal of the server means, in Korean. The type makes a known one without a text a compile error. */
import { type CloseTexts, type ProblemTexts, refusalTextsOf } from "./refusal-texts.ts";

const PROBLEMS: ProblemTexts = {
  "bad-query": "요청 형식이 잘못되었습니다.",
  "not-found": "서버에 없는 항목입니다.",
  internal: "서버에서 오류가 났습니다.",
  unavailable: "서버가 데이터를 읽지 못했습니다. 잠시 후 다시 시도하세요.",
};

const CLOSES: CloseTexts = {
  4000: "서버와 버전이 다릅니다. 페이지를 새로고침하세요",
  4001: "구독 없이 30초가 지남",
  4003: "허용되지 않은 주소에서 연결함",
  4005: "로그인이 필요함",
};

export const koRefusals = refusalTextsOf(PROBLEMS, CLOSES);
