import type { RelayLimits } from '../limits.ts';

/** The sizes of guacd's layers, so that all of them together stay within what a browser can hold. */
export type Layers = {
  /** Takes the new size of a layer; false, and nothing changes, when the total would pass its bound. */
  resize(layer: number, width: number, height: number): boolean;
  dispose(layer: number): void;
};

export function createLayers(limits: Pick<RelayLimits, 'maxTotalPixels'>): Layers {
  const areas = new Map<number, number>();
  let total = 0;
  return {
    resize(layer, width, height) {
      const area = width * height;
      const next = total - (areas.get(layer) ?? 0) + area;
      if (next > limits.maxTotalPixels) return false;
      areas.set(layer, area);
      total = next;
      return true;
    },
    dispose(layer) {
      total -= areas.get(layer) ?? 0;
      areas.delete(layer);
    },
  };
}
