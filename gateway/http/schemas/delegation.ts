import { z } from 'zod';
import { askedInstant, code, count, id, instant, liftedRule, next, paging, priorityClass, reason, site, typed, zone } from './words.ts';

const used = z.object({ used: count, most: count });
const said = z.object({ ja: z.string(), en: z.string() });
const named = z.object({ id, displayName: z.string(), unitName: z.string() });

export const OwnDuty = z
  .object({
    id,
    name: z.string(),
    class: priorityClass,
    zone,
    reasons: z.array(code).describe('Why it cannot be done from here now, apart from desktops and seats.'),
    lifted: z.array(liftedRule).describe('Rules of telework that only the level takes away.'),
    onDevice: z.boolean().exactOptional().describe('Its zone is open from here because the browser is a registered device.'),
    notTeleworkable: said.exactOptional().describe('Why it is never done by telework.'),
    opensAt: instant.exactOptional(),
    closesAt: instant.exactOptional(),
    days: z.object({ week: used.exactOptional(), month: used.exactOptional() }).exactOptional(),
    receivedFrom: z.object({ delegationId: id, displayName: z.string(), until: instant }).exactOptional(),
    handedTo: z.array(z.object({ delegationId: id, displayName: z.string(), from: instant, until: instant })),
  })
  .meta({ id: 'OwnDuty' });

export const OwnDuties = z
  .object({
    at: instant,
    site: site.nullable(),
    duties: z.array(OwnDuty),
    rules: z.object({ version: z.string(), digest: z.string().describe('SHA-256 of the text in both languages.'), text: said, acknowledgedAt: instant.exactOptional(), lifted: z.boolean() }).exactOptional(),
    device: z.enum(['registered', 'to-register', 'not-allowed']).exactOptional().describe('Whether the browser is a registered device; `not-allowed`: this sign-in may register none; absent: the policy has no rules for devices.'),
    delegation: z.object({ longest: count.describe('In seconds.') }).exactOptional().describe('Absent: the policy lets nobody hand a duty over.'),
    accountEnds: z.object({ at: instant, soon: z.boolean() }).exactOptional(),
  })
  .meta({ id: 'OwnDuties' });

export const Acknowledgement = z.strictObject({ version: z.string().min(1).max(40).regex(/^[A-Za-z0-9._-]+$/), digest: z.string().regex(/^[0-9a-f]{64}$/) }).meta({ id: 'Acknowledgement' });
export const AcknowledgementListed = z
  .object({
    person: z.object({ id, username: z.string(), displayName: z.string(), unitName: z.string() }),
    acknowledgedAt: instant.exactOptional(),
    before: z.object({ version: z.string(), at: instant }).exactOptional().describe('The latest of another version.'),
  })
  .meta({ id: 'AcknowledgementListed' });
export const AcknowledgementList = z.object({ version: z.string().nullable().describe('In force; null: the policy has no rules to acknowledge.'), items: z.array(AcknowledgementListed), next }).meta({ id: 'AcknowledgementList' });
export const AcknowledgementsQuery = z.strictObject({ standing: z.enum(['missing', 'given']).exactOptional(), ...paging });

export const Delegation = z
  .object({
    id,
    duty: z.object({ id, name: z.string(), class: priorityClass, zone }),
    from: named,
    to: named,
    madeBy: z.string(),
    reason: z.string(),
    madeAt: instant,
    beginsAt: instant,
    endsAt: instant,
    state: z.enum(['to-come', 'running', 'ended']),
    endedAt: instant.exactOptional(),
    endedBecause: z.enum(['over', 'revoked', 'given-back', 'no-longer-held']).exactOptional(),
  })
  .meta({ id: 'Delegation' });
export const DelegationList = z.object({ items: z.array(Delegation), next }).meta({ id: 'DelegationList' });
export const DelegationsQuery = z.strictObject({ standing: z.enum(['open', 'ended']).exactOptional(), ...paging });

export const Delegate = z.object({ ...named.shape, duties: z.array(z.object({ id, name: z.string(), zone })) }).meta({ id: 'Delegate' });
export const DelegateList = z.object({ items: z.array(Delegate), next }).meta({ id: 'DelegateList' });
export const DelegatesQuery = z.strictObject({ search: typed(100).exactOptional() });

const handing = { dutyId: id, toPersonId: id, beginsAt: askedInstant.exactOptional(), endsAt: askedInstant, reason };
export const NewOwnDelegation = z.strictObject(handing).meta({ id: 'NewOwnDelegation' });
export const NewDelegation = z.strictObject({ ...handing, fromPersonId: id }).meta({ id: 'NewDelegation' });

export type OwnDuty = z.infer<typeof OwnDuty>;
export type OwnDuties = z.infer<typeof OwnDuties>;
export type Acknowledgement = z.infer<typeof Acknowledgement>;
export type AcknowledgementListed = z.infer<typeof AcknowledgementListed>;
export type AcknowledgementList = z.infer<typeof AcknowledgementList>;
export type Delegation = z.infer<typeof Delegation>;
export type DelegationList = z.infer<typeof DelegationList>;
export type Delegate = z.infer<typeof Delegate>;
export type DelegateList = z.infer<typeof DelegateList>;
