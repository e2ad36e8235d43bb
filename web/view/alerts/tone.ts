/** A short tone without a file. A page that nobody has touched makes none: the browser forbids it, and so does the rule. */

const HERTZ = [880, 1_175] as const;
const NOTE_SECONDS = 0.12;
const LOUDNESS = 0.12;

/** What a reader does to a page that lets it sound. */
const PRESSES = ["click", "keydown"] as const;

let context: AudioContext | null = null;

/** At most once made; one that the system has stopped, as during a call on a phone, goes on. */
function awaken(): AudioContext {
  context ??= new AudioContext();
  if (context.state !== "running") {
    void context.resume();
  }
  return context;
}

function ready({ isTrusted }: Event): void {
  if (isTrusted) {
    awaken();
  }
}

/** Some browsers let sound only what was begun within a press: from now on each readies the tone. Returns how to end it. */
export function readyTone(): () => void {
  for (const press of PRESSES) {
    addEventListener(press, ready);
  }
  return () => {
    for (const press of PRESSES) {
      removeEventListener(press, ready);
    }
  };
}

/** Whether there was one. */
export function playTone(): boolean {
  if (!navigator.userActivation.hasBeenActive) {
    return false;
  }
  const sounding = awaken();
  const gain = sounding.createGain();
  gain.connect(sounding.destination);
  gain.gain.value = LOUDNESS;
  for (const [i, hertz] of HERTZ.entries()) {
    const note = sounding.createOscillator();
    note.frequency.value = hertz;
    note.connect(gain);
    note.start(sounding.currentTime + i * NOTE_SECONDS);
    note.stop(sounding.currentTime + (i + 1) * NOTE_SECONDS);
  }
  return true;
}
