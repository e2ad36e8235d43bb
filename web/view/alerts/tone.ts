/** A short tone without a file. A page that nobody has touched makes none: the browser forbids it, and so does the rule. */

const HERTZ = [880, 1_175] as const;
const NOTE_SECONDS = 0.12;
const LOUDNESS = 0.12;

let context: AudioContext | null = null;

/** Whether there was one. */
export function playTone(): boolean {
  if (!navigator.userActivation.hasBeenActive) {
    return false;
  }
  context ??= new AudioContext();
  const gain = context.createGain();
  gain.connect(context.destination);
  gain.gain.value = LOUDNESS;
  for (const [i, hertz] of HERTZ.entries()) {
    const note = context.createOscillator();
    note.frequency.value = hertz;
    note.connect(gain);
    note.start(context.currentTime + i * NOTE_SECONDS);
    note.stop(context.currentTime + (i + 1) * NOTE_SECONDS);
  }
  return true;
}
