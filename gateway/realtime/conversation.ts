import type { Broker, Code } from '../../broker/port.ts';
import type { Log } from '../log/index.ts';
import type { WatchAnswer } from './contract.ts';
import { EVENTS } from './events.ts';
import type { LiveSocket, Member } from './member.ts';

/** What one connection may say that is not in the contract, before it is ended. */
const MOST_FAULTS = 5;

type Answer = (answer: WatchAnswer) => void;
export type ConversationDeps = { readonly signIns: Pick<Broker['signIns'], 'peek'>; readonly log: Log };

/** Hears what a page says: only what the table of events holds, in its form, from whoever is still signed in. */
export function converse(socket: LiveSocket, member: Member, { signIns, log }: ConversationDeps): void {
  let faults = 0;
  const refuse = (answer: Answer | undefined, code: Code) => {
    answer?.({ code });
    faults += 1;
    if (faults >= MOST_FAULTS) member.expel();
  };

  socket.use(([name, ...said], next) => {
    if (Object.hasOwn(EVENTS, name)) return next();
    refuse(takeAnswer(said), 'not-found');
  });
  for (const [name, hear] of Object.entries(EVENTS)) {
    socket.on(name as keyof typeof EVENTS, async (...said: unknown[]) => {
      const answer = takeAnswer(said);
      if (said.length !== 1) return refuse(answer, 'request-invalid');
      try {
        const person = await signIns.peek(member.token);
        if (person === undefined) return member.signedOut();
        member.holds(person);
        const answered = hear(member, said[0]);
        if ('code' in answered) return refuse(answer, answered.code);
        answer?.(answered);
      } catch (error) {
        log.error('what a page said on the live line could not be answered', { kind: name, error });
        answer?.({ code: 'internal-error' });
      }
    });
  }
}

/** The way to answer, which comes last where an answer is wanted; taken off what was said. */
function takeAnswer(said: unknown[]): Answer | undefined {
  return typeof said.at(-1) === 'function' ? (said.pop() as Answer) : undefined;
}
