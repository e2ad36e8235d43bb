/** Texts of the login and the logout, apart from the dictionaries: no other page loads them. */
import type { Locale } from "./locale.ts";

export interface LoginTexts {
  readonly title: string;
  readonly why: string;
  readonly token: string;
  readonly submit: string;
  readonly busy: string;
  readonly whereTitle: string;
  readonly whereHere: string;
  readonly whereCloud: string;
  readonly stays: string;
  readonly wrong: string;
  readonly empty: string;
  readonly tooOften: string;
  readonly notConfigured: string;
  readonly notKept: string;
  readonly notNeeded: string;
  readonly isIn: (until: string) => string;
  readonly go: string;
  readonly logOut: string;
  readonly session: string;
  readonly notEnded: string;
}

export const LOGIN_TEXTS: Readonly<Record<Locale, LoginTexts>> = {
  ko: {
    title: "로그인",
    why: "실제 시장의 시세는 이 서버의 운영자만 볼 수 있습니다.",
    token: "운영자 토큰",
    submit: "로그인",
    busy: "확인 중…",
    whereTitle: "토큰은 어디에 있나요?",
    whereHere:
      "이 컴퓨터에서 npm start로 실행했다면 그 폴더의 .dev.vars 파일에 있는 OWNER_TOKEN 값입니다. 터미널에서:",
    whereCloud:
      "Cloudflare에서는 같은 이름의 secret입니다. 다시 확인할 수 없으므로, 잊었다면 새로 설정하세요:",
    stays: "이 브라우저에서 30일 동안 유지됩니다. 토큰은 저장하지 않습니다.",
    wrong: "운영자 토큰이 아닙니다. 전체를 복사했는지, 이 서버의 토큰인지 확인하세요.",
    empty: "토큰을 입력하세요.",
    tooOften: "시도가 너무 많습니다. 1분 후 다시 시도하세요.",
    notConfigured: "서버에 OWNER_TOKEN이 없어 아무도 로그인할 수 없습니다. 먼저 토큰을 설정하세요.",
    notKept:
      "토큰은 맞지만 브라우저가 쿠키를 저장하지 않았습니다. https 주소나 http://127.0.0.1 로 열고, 이 사이트의 쿠키를 허용하세요.",
    notNeeded: "현재 시장은 로그인 없이 볼 수 있습니다.",
    isIn: (until) => `로그인되어 있습니다. ${until}까지 유지됩니다.`,
    go: "계속",
    logOut: "로그아웃",
    session: "로그인",
    notEnded: "서버가 응답하지 않아 로그아웃하지 못했습니다. 잠시 후 다시 시도하세요.",
  },
  en: {
    title: "Log in",
    why: "Prices of a real market are shown only to the owner of this server.",
    token: "Owner's token",
    submit: "Log in",
    busy: "Checking…",
    whereTitle: "Where is the token?",
    whereHere:
      "If you started it here with npm start, it is the value of OWNER_TOKEN in that folder's .dev.vars file. In a terminal:",
    whereCloud:
      "On Cloudflare it is the secret of that name. It cannot be read back; if it is lost, set a new one:",
    stays: "This browser stays logged in for 30 days. The token itself is not stored.",
    wrong: "This is not the owner's token. Check that it is complete and belongs to this server.",
    empty: "Enter the token.",
    tooOften: "Too many attempts. Try again in a minute.",
    notConfigured: "The server has no OWNER_TOKEN, so nobody can log in. Set one first.",
    notKept:
      "The token is correct, but the browser did not keep the cookie. Open the page over https or at http://127.0.0.1, and allow cookies for this site.",
    notNeeded: "The market shown here needs no login.",
    isIn: (until) => `Logged in until ${until}.`,
    go: "Continue",
    logOut: "Log out",
    session: "Login",
    notEnded: "The server did not respond, so you are still logged in. Try again in a moment.",
  },
};
