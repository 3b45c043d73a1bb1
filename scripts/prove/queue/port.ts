import type { Allocation, Place } from '../../../broker/waiting/allocate.ts';
import type { Office, Person, Seated } from './office.ts';

/** What the histories are judged by: told of each thing that happens, at the moment at which it does. */
export type Witness = {
  /** Before the person sits. `asking`: at once, and not from the queue. */
  granted(office: Office, seated: Seated, person: Person, asking: boolean): void;
  /** Before the sessions are told. */
  noticed(office: Office, notices: Allocation['notices'], passed: Allocation['passed']): void;
  /** Once everything is given out. */
  after(office: Office, places: readonly Place[]): void;
  /** What another look at the same instant would do. */
  again(allocation: Allocation): void;
};
