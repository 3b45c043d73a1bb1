export type Size = { readonly width: number; readonly height: number };

/** Narrower than this an office desktop cannot be used; a phone shows this much, smaller. CSS pixels. */
const leastWidth = 1024;
const leastHeight = 600;
const mostSide = 4096;
/** A remote screen that is off by a few pixels is shown as it is: scaled by a hair it would only be blurred. */
const slack = 8;

/** The screen to ask the desktop for, so that it fills a view of this size: whole even numbers with the view's proportions. */
export function wantedSize(view: Size): Size {
  const grow = Math.max(1, leastWidth / Math.max(view.width, 1), leastHeight / Math.max(view.height, 1));
  const side = (length: number): number => Math.min(mostSide, Math.max(64, Math.floor((length * grow) / 2) * 2));
  return { width: side(view.width), height: side(view.height) };
}

/** By how much to scale a remote screen so that all of it shows in the view, as large as it can. */
export function scaleToFit(remote: Size, view: Size): number {
  if (remote.width <= 0 || remote.height <= 0) return 1;
  const within = Math.abs(remote.width - view.width) < slack && Math.abs(remote.height - view.height) < slack;
  if (within && remote.width <= view.width && remote.height <= view.height) return 1;
  return Math.min(view.width / remote.width, view.height / remote.height);
}
