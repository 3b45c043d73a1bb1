import { writeInstruction } from '../wire/instruction.ts';

/** Keys and buttons that the browser holds down, so that a session never leaves Ctrl or a mouse button pressed behind. */
export type HeldInput = {
  /** False when so many keys are held down that this one could not be let go at the end; it must not be sent then. */
  key(keysym: number, pressed: boolean): boolean;
  mouse(x: number, y: number, buttons: number): void;
  /** Instructions that let go of everything held; empty when nothing is. */
  release(): string;
};

export function createHeldInput(maxHeldKeys: number): HeldInput {
  const keys = new Set<number>();
  let mouse = { x: 0, y: 0, buttons: 0 };
  return {
    key(keysym, pressed) {
      if (!pressed) keys.delete(keysym);
      else if (keys.size < maxHeldKeys || keys.has(keysym)) keys.add(keysym);
      else return false;
      return true;
    },
    mouse(x, y, buttons) {
      mouse = { x, y, buttons };
    },
    release() {
      const releases = [...keys].map((keysym) => writeInstruction('key', keysym, 0));
      if (mouse.buttons !== 0) releases.push(writeInstruction('mouse', mouse.x, mouse.y, 0));
      keys.clear();
      mouse = { ...mouse, buttons: 0 };
      return releases.join('');
    },
  };
}
