const SOUND = 'sekisho-waiting-sound';

/** Whether this browser plays a sound when it is one's turn; it does unless that was switched off. */
export const soundIsOn = (): boolean => localStorage.getItem(SOUND) !== 'off';
export const switchSound = (on: boolean): void => localStorage.setItem(SOUND, on ? 'on' : 'off');

/** Of this browser; `unknown` where it has no notifications. */
export function notificationState(): NotificationPermission | 'unknown' {
  return 'Notification' in window ? Notification.permission : 'unknown';
}

/** Two short tones, and a notification where it is allowed: somebody may be doing something else meanwhile. */
export function callPerson(title: string): void {
  if (soundIsOn()) chime();
  if (notificationState() === 'granted') notify(title);
}

function notify(title: string): Notification {
  return new Notification(title, { tag: 'sekisho-waiting' });
}

function chime(): void {
  try {
    const audio = new AudioContext();
    for (const [index, frequency] of [660, 880].entries()) {
      const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
      const at = audio.currentTime + index * 0.25;
      tone.frequency.value = frequency;
      loudness.gain.setValueAtTime(0.2, at);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.24);
      tone.connect(loudness).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.25);
    }
    setTimeout(() => void audio.close(), 1_000);
  } catch {
    // A browser that plays nothing shows the page all the same.
  }
}
