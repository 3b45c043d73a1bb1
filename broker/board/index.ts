export { createBoards } from './board.ts';
