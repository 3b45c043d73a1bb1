import type { Log } from '../../environment.ts';
import type { PolicySource } from '../../policy/index.ts';
import type { StepDeps } from '../deps.ts';
import type { Registry } from './registry.ts';

export type ProvidersDeps = StepDeps & {
  readonly rules: PolicySource;
  readonly registry: Registry;
  readonly log: Log;
};
