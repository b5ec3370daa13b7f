// Sound on arrival, made here: no file to fetch, nothing to wait for. Browsers keep quiet until somebody touched the page.
const KEPT = 'chilang.sound';
let context: AudioContext | null = null;

export const soundIsOn = () => localStorage.getItem(KEPT) !== 'off';

export function switchSound(on: boolean): void {
  localStorage.setItem(KEPT, on ? 'on' : 'off');
}

function opened(): AudioContext | null {
  // Opened before somebody touched the page it would stay silent, and the browser complains each time.
  if (typeof AudioContext === 'undefined' || !navigator.userActivation.hasBeenActive) return null;
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  return context;
}

/** Is sound wanted and not allowed yet? */
export const soundIsBlocked = () => soundIsOn() && typeof AudioContext !== 'undefined' && !navigator.userActivation.hasBeenActive;

function tone(at: AudioContext, hertz: number, after: number, lasts: number): void {
  const [source, loudness] = [at.createOscillator(), at.createGain()];
  const start = at.currentTime + after;
  source.frequency.value = hertz;
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(0.18, start + 0.02);
  loudness.gain.linearRampToValueAtTime(0, start + lasts);
  source.connect(loudness).connect(at.destination);
  source.start(start);
  source.stop(start + lasts);
}

/** Somebody came: one soft tone. Waited too long: two higher ones. A door acted by itself: three low ones. */
export function sound(what: 'arrival' | 'tooLong' | 'alarm'): void {
  const at = soundIsOn() ? opened() : null;
  if (at?.state !== 'running') return;
  const plan = { arrival: [660], tooLong: [880, 880], alarm: [440, 440, 440] }[what];
  plan.forEach((hertz, n) => tone(at, hertz, n * 0.28, 0.22));
}
