import { describe, it } from "vitest";
import { keyName, type KeyPress } from "./key-name.ts";

function press(key: string, code: string, rest: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    isComposing: false,
    ...rest,
  };
}

describe("the name of a key", () => {
  it("[UI205] is the letter on the same place of a Korean layout", ({ expect }) => {
    const typed = [
      ["ㅓ", "KeyJ", "j"],
      ["ㅏ", "KeyK", "k"],
      ["ㅈ", "KeyW", "w"],
      ["ㅔ", "KeyP", "p"],
      ["ㅎ", "KeyG", "g"],
      // An input method that keeps the key to itself.
      ["Process", "KeyD", "d"],
      ["х", "BracketLeft", "["],
      ["ъ", "BracketRight", "]"],
    ] as const;
    for (const [key, code, name] of typed) {
      expect(keyName(press(key, code)), key).toBe(name);
    }
    expect(keyName(press("ㅉ", "KeyW", { shiftKey: true }))).toBe("W");
    expect(keyName(press(".", "Slash"))).toBe(".");
    expect(keyName(press("ё", "Backquote"))).toBeNull();
  });

  it("[UI205] is the character itself on a Latin layout, also with the capitals locked", ({ expect }) => {
    expect(keyName(press("j", "KeyC"))).toBe("j");
    expect(keyName(press("J", "KeyJ"))).toBe("j");
    expect(keyName(press("J", "KeyJ", { shiftKey: true }))).toBe("J");
    expect(keyName(press("?", "Slash", { shiftKey: true }))).toBe("?");
    expect(keyName(press(" ", "Space"))).toBe("Space");
    expect(keyName(press("Escape", "Escape"))).toBe("Escape");
    expect(keyName(press("Shift", "ShiftLeft", { shiftKey: true }))).toBe("Shift");
  });

  it("[UI205] is none with a modifier and while a syllable is composed", ({ expect }) => {
    for (const held of ["ctrlKey", "altKey", "metaKey", "isComposing"] as const) {
      expect(keyName(press("j", "KeyJ", { [held]: true })), held).toBeNull();
    }
    expect(keyName(press("Process", "KeyJ", { isComposing: true }))).toBeNull();
  });
});
