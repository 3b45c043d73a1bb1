import { z } from 'zod';
import { NOTICE_KINDS } from '../../../broker/port.ts';
import { count, id, instant, named, reason, typed } from './words.ts';

const typedCode = typed(64).describe('Six digits; full-width digits and blanks are accepted.');

export const RecoveryCodeTyped = z.strictObject({ code: typed(100).describe('Sixteen letters and digits from the printed sheet; small and full-width ones, blanks and hyphens are accepted.') }).meta({ id: 'RecoveryCodeTyped' });
export const NewAuthenticator = z.strictObject({ name: named(60).describe('What the person calls the device.'), code: typedCode }).meta({ id: 'NewAuthenticator' });

const RecoveryCodesLeft = z.object({ left: count.describe('Of ten.'), issuedAt: instant });

export const OwnFactors = z
  .object({
    authenticators: z.array(z.object({ id, name: z.string().describe('Empty for the one of the first sign-in.'), since: instant })),
    passkeys: z.array(z.object({ id, name: z.string(), since: instant, lastUsedAt: instant.exactOptional(), stopped: z.boolean().describe('Its counter went back; it proves nothing any more.') })),
    passkeysOffered: z.boolean().describe('Whether one may be registered and used here.'),
    recoveryCodes: RecoveryCodesLeft.nullable().describe('Null: never issued.'),
    mayChange: z.boolean().describe('False in a sign-in by recovery code until the person has re-proved who it is.'),
  })
  .meta({ id: 'OwnFactors' });
export const OfferedAuthenticator = z.object({ id, secret: z.string(), otpauthUri: z.string() }).meta({ id: 'OfferedAuthenticator' });
export const RecoveryCodes = z.object({ codes: z.array(z.string()).describe('Told this once.'), issuedAt: instant }).meta({ id: 'RecoveryCodes' });

export const SecurityNotice = z
  .object({
    id,
    kind: z.enum(NOTICE_KINDS),
    at: instant,
    count: count.describe('So often from that address.'),
    address: z.string(),
    userAgent: z.string(),
  })
  .meta({ id: 'SecurityNotice' });
export const SecurityNoticeList = z.object({ items: z.array(SecurityNotice), next: z.null() }).meta({ id: 'SecurityNoticeList' });

export const FactorsOfPerson = z
  .object({
    authenticators: count,
    passkeys: count,
    recoveryCodes: RecoveryCodesLeft.nullable(),
    recoverySignIns: z.array(
      z.object({ id, at: instant, address: z.string(), userAgent: z.string(), until: instant.exactOptional().describe('Somebody vouched for it: factors may be changed in it so long.') }),
    ),
  })
  .meta({ id: 'FactorsOfPerson' });
export const ReProof = z.strictObject({ signInId: id, reason }).meta({ id: 'ReProof' });
export const ReProved = z.object({ until: instant }).meta({ id: 'ReProved' });

export type RecoveryCodeTyped = z.infer<typeof RecoveryCodeTyped>;
export type OwnFactors = z.infer<typeof OwnFactors>;
export type OfferedAuthenticator = z.infer<typeof OfferedAuthenticator>;
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;
export type SecurityNotice = z.infer<typeof SecurityNotice>;
export type SecurityNoticeList = z.infer<typeof SecurityNoticeList>;
export type FactorsOfPerson = z.infer<typeof FactorsOfPerson>;
export type ReProved = z.infer<typeof ReProved>;
