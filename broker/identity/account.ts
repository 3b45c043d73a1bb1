import type { RequestOrigin } from '../port.ts';
import type { Connection, Transaction } from '../store/index.ts';
import type { OrganisationTables } from '../store/schema/organisations.ts';
import { tokenHash } from './token.ts';

/** What is known of a username before anybody proved anything. */
export type Account = {
  readonly personId: string;
  readonly organisationId: string;
  readonly username: string;
  readonly status: OrganisationTables['person']['status'];
  readonly passwordHash: string | null;
  /** Set when the try comes from a browser in which this person has completed a sign-in before. */
  readonly browserId: string | null;
};

/** The same one statement whether or not anybody bears the name. */
export function findAccount(
  connection: Connection,
  who: { readonly username: string } | { readonly personId: string },
  { knownBrowser = '' }: Pick<RequestOrigin, 'knownBrowser'>,
  knownSince: Date,
): Promise<Account | undefined> {
  return connection
    .selectFrom('person')
    .leftJoin('known_browser', (join) =>
      join
        .onRef('known_browser.person_id', '=', 'person.id')
        .on('known_browser.token_hash', '=', tokenHash(knownBrowser))
        .on('known_browser.last_used_at', '>', knownSince),
    )
    .select(['person.id as personId', 'person.organisation_id as organisationId', 'person.username', 'person.status'])
    .select(['person.password_hash as passwordHash', 'known_browser.id as browserId'])
    .$if('username' in who, (query) => query.where('person.username', '=', 'username' in who ? who.username : ''))
    .$if('personId' in who, (query) => query.where('person.id', '=', 'personId' in who ? who.personId : ''))
    .executeTakeFirst();
}

/** Holds the person still until the transaction ends: whoever disables the account waits. */
export function holdPerson(transaction: Transaction, personId: string) {
  return transaction.selectFrom('person').where('id', '=', personId).select(['status', 'password_hash as passwordHash']).forShare().executeTakeFirst();
}
