export { createChanges, type Changes } from './changes.ts';
