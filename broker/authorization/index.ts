export { ACTIONS, OF_A_DEPUTY, type Action } from './actions.ts';
export { asOf, authorise, may, reachOf, type Holder, type Reach, type Target } from './authorise.ts';
