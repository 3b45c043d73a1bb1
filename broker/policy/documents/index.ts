import type { z } from 'zod';
import { AccessDocument, networks } from './access.ts';
import { CapacityDocument, seatRules } from './capacity.ts';
import { ClassesDocument } from './classes.ts';
import { DurationsDocument } from './durations.ts';
import { delegation, DutiesDocument, duties } from './duties.ts';
import { LevelsDocument } from './levels.ts';
import { fromLevel } from './parts.ts';
import { SignInDocument } from './sign-in.ts';
import { teleworkRules } from './telework.ts';

export { CLASSES, SITES } from './parts.ts';

/** What cases of a policy say in the same words. */
export const parts = { networks, duties, fromLevel, seats: seatRules, telework: teleworkRules, delegation };

/** The files that a policy consists of, and what each may say. A key that nobody knows is refused, since it may be a rule that was misspelt. */
export const DOCUMENTS = {
  'access.yaml': AccessDocument,
  'levels.yaml': LevelsDocument,
  'classes.yaml': ClassesDocument,
  'duties.yaml': DutiesDocument,
  'capacity.yaml': CapacityDocument,
  'durations.yaml': DurationsDocument,
  'sign-in.yaml': SignInDocument,
} as const;

export type PolicyFileName = keyof typeof DOCUMENTS;
export const POLICY_FILES = Object.keys(DOCUMENTS) as readonly PolicyFileName[];
/** What the files say, each as its document has read it. */
export type Said = { readonly [Name in PolicyFileName]: z.infer<(typeof DOCUMENTS)[Name]> };
