/**
 * The life of a session, as one state machine:
 * connecting (to guacd) → handshaking → awaiting-picture (guacd is ready and connects to the desktop) → live → ended.
 * Every phase may go to `ended`; nothing leaves it.
 */
export type SessionPhase = 'connecting' | 'handshaking' | 'awaiting-picture' | 'live' | 'ended';

const NEXT: Readonly<Record<SessionPhase, readonly SessionPhase[]>> = {
  'connecting': ['handshaking', 'ended'],
  'handshaking': ['awaiting-picture', 'ended'],
  'awaiting-picture': ['live', 'ended'],
  'live': ['ended'],
  'ended': [],
};

/** The new phase. Throws an Error for a step that the machine does not have. */
export function nextPhase(from: SessionPhase, to: SessionPhase): SessionPhase {
  if (!NEXT[from].includes(to)) throw new Error(`A relay session cannot go from ${from} to ${to}`);
  return to;
}

/** Whether guacd takes instructions of a user in this phase. */
export function carriesInput(phase: SessionPhase): boolean {
  return phase === 'awaiting-picture' || phase === 'live';
}
