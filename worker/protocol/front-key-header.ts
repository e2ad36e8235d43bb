/** The header in which the front of `npm start` proves to its Worker that a request came through it (RT28). */
export const FRONT_KEY_HEADER = "X-Front-Key";
