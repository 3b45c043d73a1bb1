import type { SignIns, Site } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import type { SignInsDeps } from './deps.ts';
import { endSignIns } from './ending.ts';
import { endHalves } from './half-sign-in.ts';
import { isOver } from './lapse.ts';
import { placeOf } from './origin.ts';

/** Looks the site of addresses up in the policy that holds now, for one organisation. Where there is no policy, no address has one. */
export type SitesOf = (organisationName: string) => Promise<(address: string) => Site | undefined>;

/** A person's own sign-ins that stand. Ending them asks for nothing more: whoever lost a device shall not be held up. */
export function createOwnSignIns(deps: SignInsDeps & { readonly sitesOf: SitesOf }): Pick<SignIns, 'open' | 'endOthers' | 'endAll'> {
  const { database, clock, sitesOf } = deps;
  return {
    async open({ person: { personId, signInId, organisationName } }) {
      const siteOf = await sitesOf(organisationName);
      const rows = await database
        .selectFrom('sign_in')
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .where((is) => is.not(isOver(clock.now())))
        .select(['id', 'at', 'last_seen_at as lastSeenAt', 'expires_at as expiresAt', 'address', 'user_agent as userAgent', 'method'])
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map((row) => {
        const site = siteOf(row.address);
        return { ...row, current: row.id === signInId, ...(site !== undefined && { site }) };
      });
    },

    async endOthers({ person: { personId, signInId }, origin }) {
      const by = { kind: 'person', personId, signInId, address: placeOf(origin).address } as const;
      const ended = await inTransaction(database, async (transaction) => {
        await endHalves(transaction, personId, 'by-owner', clock.now());
        return endSignIns(transaction, deps, { which: { personId, except: signInId }, why: 'by-owner-elsewhere', by });
      });
      return { ended };
    },

    async endAll({ person: { personId, signInId }, origin }) {
      const by = { kind: 'person', personId, signInId, address: placeOf(origin).address } as const;
      await inTransaction(database, async (transaction) => {
        await endHalves(transaction, personId, 'by-owner', clock.now());
        await endSignIns(transaction, deps, { which: { personId, except: signInId }, why: 'by-owner-elsewhere', by });
        await endSignIns(transaction, deps, { which: { signInId }, why: 'by-owner', by });
      });
    },
  };
}
