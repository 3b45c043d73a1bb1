import type { Policy } from '../../broker/policy/index.ts';
import type { LeaseRequest, RelayEnd, SignedIn, Site } from '../../broker/port.ts';
import type { Database } from '../../broker/store/index.ts';
import { addDuty, addOrganisation, addPerson, beatOnce, createOffice, eventsOf, giveDuty, guacds, originAt, standingClock, testPolicy } from './office.ts';

const relayEnd = (cause: RelayEnd['cause']): RelayEnd => ({ cause, status: 0, connectedSeconds: 1, bytesToBrowser: 1, bytesFromBrowser: 1, refused: {} });

type Workplace = { readonly database: Database; readonly clock?: ReturnType<typeof standingClock>; readonly policy?: Partial<Policy>; readonly organisation?: Awaited<ReturnType<typeof addOrganisation>> };

/** An organisation where people come to work, one of its own unless given, with one duty that everybody gets. */
export async function createWorkplace({ database, clock = standingClock(), policy: overrides = {}, organisation: given }: Workplace) {
  let inForce: Policy | undefined = testPolicy(overrides);
  const office = createOffice({ database, clock, policy: () => inForce });
  await beatOnce(database, office.gatewayId);
  const organisation = given ?? (await addOrganisation(database, clock.now()));
  const dutyId = await addDuty(database, organisation);
  const { leases } = office;

  const newcomer = async (...duties: readonly string[]): Promise<SignedIn> => {
    const person = await addPerson(database, organisation, clock.now());
    for (const id of [dutyId, ...duties]) await giveDuty(database, person, id);
    return person;
  };
  const ask = (person: SignedIn, what: Partial<LeaseRequest>, site: Site = 'office') =>
    leases.request({ person, dutyId, origin: originAt(site), credentials: { username: 'u', password: 'p' }, ...what });
  /** Up to the first picture. */
  const work = async (person: SignedIn, what: Partial<LeaseRequest>, site: Site = 'office') => {
    const lease = await ask(person, what, site);
    const claim = await leases.claim({ person, leaseId: lease.id, origin: originAt(site), guacds });
    await leases.connected(claim);
    return { ...claim, desktopId: lease.desktopId };
  };
  const leave = (claim: { leaseId: string; relayId: string }, cause: RelayEnd['cause'] = 'desktop-ended') => leases.released(claim, relayEnd(cause));
  const rows = () => database.selectFrom('lease').where('organisation_id', '=', organisation.id).selectAll().orderBy('granted_at').orderBy('id').execute();
  const decisions = () => database.selectFrom('admission_decision').where('organisation_id', '=', organisation.id).selectAll().orderBy('at').execute();
  const trail = async (subject: string) => (await eventsOf(database)).filter(({ fields }) => Object.values(fields).includes(subject));
  return { ...office, clock, organisation, dutyId, newcomer, ask, work, leave, rows, decisions, trail, setPolicy: (policy: Policy | undefined) => (inForce = policy) };
}
