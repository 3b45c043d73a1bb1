import { events } from '../audit/index.ts';
import { actorOf } from '../continuity/deps.ts';
import { placeOf } from '../identity/origin.ts';
import { assertId } from '../identity/refusals.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { readName } from '../identity/typed.ts';
import { Refusal, type Devices } from '../port.ts';
import { inTransaction, sql } from '../store/index.ts';
import { takeChallenge } from './challenges.ts';
import type { DevicesDeps } from './deps.ts';
import { isProved, readPublicKey } from './proof.ts';
import { readOwn } from './rows.ts';

/** The person asks, with a fresh factor and a proof of the key. It counts for nothing until another person has approved it. */
export function createAsk({ database, trail, clock, ids, policy }: DevicesDeps): Devices['ask'] {
  return async ({ person, device, origin }) => {
    const { personId, organisationId, signInId } = person;
    const rules = await policy.current();
    if (rules?.devices === undefined) throw new Refusal('devices-not-allowed');
    requireFreshFactor(person, rules, clock);
    const { aPerson } = rules.devices;
    const name = readName(device.name, 'name');
    const publicKey = readPublicKey(device.publicKey);
    if (publicKey === undefined) throw new Refusal('request-invalid', { fields: [{ path: 'publicKey', expected: 'a point on P-256, uncompressed, in base64url' }] });
    assertId(device.challengeId);
    const now = clock.now();
    const id = ids.uuid();
    const place = placeOf(origin);
    const refused = await inTransaction(database, async (transaction) => {
      // One at a time for a person, so that the count holds.
      await transaction.selectFrom('person').where('id', '=', personId).select('id').forNoKeyUpdate().executeTakeFirst();
      const signed = await takeChallenge(transaction, { challengeId: device.challengeId, signInId, purpose: 'registration', now });
      if (signed === undefined || !isProved(publicKey, signed, device.signature)) return 'device-proof-wrong';
      const { rows } = await sql<{ count: number }>`
        select count(*)::integer as count from device left join device_approval as approved on approved.device_id = device.id
        where device.person_id = ${personId} and not exists (select from device_end where device_id = device.id) and coalesce(approved.until > ${now}, true)`.execute(transaction);
      if ((rows[0]?.count ?? 0) >= aPerson) return 'device-limit-reached';
      const known = await transaction.selectFrom('device').where('public_key', '=', publicKey).select('id').executeTakeFirst();
      if (known !== undefined) return 'conflict';
      await transaction.insertInto('device').values({ id, organisation_id: organisationId, person_id: personId, name, public_key: publicKey, user_agent: place.userAgent, asked_in: signInId, asked_at: now }).execute();
      await trail.append(transaction, events.deviceAsked({ actor: actorOf(person), organisationId, address: place.address, deviceId: id, personId, name }));
      return undefined;
    });
    if (refused !== undefined) throw new Refusal(refused);
    const made = (await readOwn(database, person, now)).find((one) => one.id === id);
    if (made === undefined) throw new Error('what was just asked for is there');
    return made;
  };
}
