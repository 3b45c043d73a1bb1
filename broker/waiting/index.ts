export { createDistribution } from './distribute.ts';
export { createOutlooks } from './outlook.ts';
export { createPlaces } from './places.ts';
