export { ACTIONS, type Action } from './actions.ts';
export { authorise, may, reachOf, type Holder, type Reach, type Target } from './authorise.ts';
