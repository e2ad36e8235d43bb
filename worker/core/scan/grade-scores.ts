/** SC8: the points that a grade asks for, apart from the other parameters so that the page can load them alone. */
export const GRADE_SCORES = { S: 80, A: 70, B: 64 } as const;
