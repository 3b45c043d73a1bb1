import { useState } from 'react';
import type { DesktopCredentials, Lease } from '../../../gateway/http/schemas/index.ts';
import { asksForDutyChange, asksForFactor, asksForWaitChange, useOpening, type Opening, type Wanted } from './use-opening.ts';

/** What is entered, and whether its credentials have to be asked for on the way. */
export type Goal = { readonly wanted: Wanted; readonly credentials: 'stored' | 'ask' };

export type Entrance = {
  readonly busy: boolean;
  /** The credentials of the desktop are asked for. */
  readonly asking: boolean;
  /** The duty that other sessions would have to end for. */
  readonly changingTo: string | undefined;
  /** A place in the queue for something else would have to be given up. */
  readonly changingWait: boolean;
  /** The second factor has to be proved once more. */
  readonly proving: boolean;
  /** Why it was not opened; null while nothing was refused. */
  readonly refusal: Error | null;
  open(dutyId: string, instead?: string): void;
  give(credentials: DesktopCredentials): void;
  /** Goes on with the duty that was asked about. */
  changeDuty(): void;
  /** Gives the other place up. */
  changeWait(): void;
  again(): void;
  /** Leaves every question behind. */
  close(): void;
};

/** The way into a desktop or a pool, with the questions on it: credentials, and whether sessions for another duty may end. */
export function useEntrance({ wanted, credentials }: Goal, onOpened?: (lease: Lease) => void): Entrance {
  const opening = useOpening(onOpened);
  const [asking, setAsking] = useState<Opening | null>(null);
  /** Without credentials: those are asked for again. */
  const [last, setLast] = useState<Opening | null>(null);
  const refused = opening.error;
  const changes = asksForDutyChange(refused);
  const changesWait = asksForWaitChange(refused);
  const proving = asksForFactor(refused);

  const begin = (what: Opening): void => {
    opening.reset();
    setLast(what);
    if (credentials === 'ask') setAsking(what);
    else opening.mutate(what);
  };
  return {
    busy: opening.isPending,
    asking: asking !== null,
    changingTo: changes ? last?.dutyId : undefined,
    changingWait: changesWait,
    proving,
    refusal: changes || changesWait || proving ? null : refused,
    open: (dutyId, instead) => begin({ wanted, dutyId, ...(instead !== undefined && { instead }) }),
    give(given) {
      if (asking !== null) opening.mutate({ ...asking, credentials: given });
      setAsking(null);
    },
    changeDuty() {
      if (last !== null) begin({ ...last, changeDuty: true });
    },
    changeWait() {
      if (last !== null) begin({ ...last, changeWait: true });
    },
    again() {
      if (last !== null) begin(last);
    },
    close() {
      setAsking(null);
      opening.reset();
    },
  };
}
