/** How far apart the marks stand, and how steep, in CSS pixels and radians: close enough that any window shows one. */
const tile = { width: 380, height: 190 };
const slope = -0.35;
/** A dark letter with a light one beside it is seen on a white document and on a black terminal alike. */
const inks = [
  { colour: 'rgb(255 255 255 / 17%)', shift: 1 },
  { colour: 'rgb(20 20 60 / 14%)', shift: 0 },
] as const;

/**
 * Draws `lines()` across `host` again and again, over everything and out of the way of the pointer. Puts the mark back
 * when somebody takes it away or alters it. Redrawn every minute, because a line is the time.
 */
export function hangWatermark(host: HTMLElement, lines: () => readonly string[]): { takeDown(): void } {
  let canvas: HTMLCanvasElement | undefined;
  const hang = (): void => {
    guard.disconnect();
    canvas?.remove();
    canvas = drawn(host, lines());
    host.append(canvas);
    guard.observe(host, { childList: true });
    guard.observe(canvas, { attributes: true, childList: true, characterData: true });
  };
  const guard = new MutationObserver((changes) => {
    const touched = changes.some(({ type, removedNodes }) => type === 'attributes' || [...removedNodes].some((node) => node === canvas));
    if (touched || canvas?.parentNode !== host) hang();
  });
  const resized = new ResizeObserver(() => {
    if (canvas === undefined || canvas.width !== pixels(host.clientWidth) || canvas.height !== pixels(host.clientHeight)) hang();
  });
  hang();
  resized.observe(host);
  const everyMinute = setInterval(hang, 60_000);
  return {
    takeDown: () => {
      clearInterval(everyMinute);
      resized.disconnect();
      guard.disconnect();
      canvas?.remove();
    },
  };
}

function drawn(host: HTMLElement, lines: readonly string[]): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.className = 'watermark';
  canvas.setAttribute('aria-hidden', 'true');
  canvas.width = pixels(host.clientWidth);
  canvas.height = pixels(host.clientHeight);
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.scale(devicePixelRatio, devicePixelRatio);
  context.font = ` 15px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = 'center';
  let odd = false;
  for (let y = tile.height / 2; y < host.clientHeight + tile.height; y += tile.height) {
    for (let x = odd ? 0 : tile.width / 2; x < host.clientWidth + tile.width; x += tile.width) mark(context, x, y, lines);
    odd = !odd;
  }
  return canvas;
}

function mark(context: CanvasRenderingContext2D, x: number, y: number, lines: readonly string[]): void {
  context.save();
  context.translate(x, y);
  context.rotate(slope);
  lines.forEach((line, row) => {
    for (const { colour, shift } of inks) {
      context.fillStyle = colour;
      context.fillText(line, shift, row * 22 + shift);
    }
  });
  context.restore();
}

function pixels(length: number): number {
  return Math.round(length * devicePixelRatio);
}
