import { z } from 'zod';
import type { Site, Zone } from '../../port.ts';
import { NEEDS, type Access, type Need } from '../policy.ts';
import { parseRange, type Range } from '../ranges.ts';
import { organisation, site, SITES } from './parts.ts';

/** Wider than anything that one office owns, such as 0.0.0.0/0: the whole internet would be that site. */
function isTooWide({ kind, bits, prefix }: Range): boolean {
  // fc00::/7 is private (RFC 4193).
  const isPrivate = bits >= 7 && prefix >> BigInt(bits - 7) === 0xfcn >> 1n;
  return kind === 'ipv4' ? bits < 8 : bits < 16 && !isPrivate;
}
const WIDEST = 'a network is no wider than /8, of IPv6 than /16: what no range holds is told by everywhere-else';

const range = z
  .string()
  .superRefine((text, context) => {
    try {
      if (isTooWide(parseRange(text))) context.addIssue({ code: 'custom', message: WIDEST });
    } catch (error) {
      context.addIssue({ code: 'custom', message: `no network in CIDR form, such as 10.1.0.0/16 or 2001:db8::/32 (${error instanceof Error ? error.message : 'unreadable'})` });
    }
  })
  .meta({ description: 'A network in CIDR form, such as 10.1.0.0/16 or 2001:db8::/32' });

const ACCESS_FORM = 'Invalid option: expected allow, registered-device, exception, forbid, or { needs: …, lifted-from-level: 1, 2 or 3 }';
const lifted = z.strictObject({ needs: z.enum(NEEDS).exclude(['allow']), 'lifted-from-level': z.literal([1, 2, 3]) });
const access = z
  .union([z.enum(NEEDS), lifted], { error: ACCESS_FORM })
  .transform((said): Access => (typeof said === 'string' ? { needs: said, liftedFrom: undefined } : { needs: said.needs, liftedFrom: said['lifted-from-level'] }));

/**
 * The loosest that an access may be, whatever a file says: the My Number zone is never reached from home, an evacuation
 * site, a satellite office or a network that nobody described, and the LGWAN zone from such places by a registered device at
 * most.
 */
const FLOOR: Readonly<Record<Zone, Partial<Record<Site, Need>>>> = {
  internet: {},
  lgwan: { home: 'registered-device', 'evacuation-site': 'registered-device', other: 'registered-device' },
  'my-number': { home: 'forbid', 'evacuation-site': 'forbid', 'satellite-office': 'forbid', other: 'forbid', 'alternative-office': 'exception' },
};
/** The lowest level that may lift a need of the zone; none for the My Number zone. */
const LIFTED_FROM: Readonly<Record<Zone, number>> = { internet: 1, lgwan: 2, 'my-number': Infinity };

const zoneAccess = (zone: Zone) =>
  z.record(site, access).superRefine((cells, context) => {
    for (const name of SITES) {
      const { needs, liftedFrom } = cells[name];
      const floor = FLOOR[zone][name];
      if (floor !== undefined && NEEDS.indexOf(needs) < NEEDS.indexOf(floor)) {
        context.addIssue({ code: 'custom', path: [name], message: `the ${zone} zone asks for "${floor}" or stricter here` });
      } else if (liftedFrom !== undefined && liftedFrom < LIFTED_FROM[zone]) {
        context.addIssue({ code: 'custom', path: [name], message: zone === 'lgwan' ? 'the lgwan zone is lifted from level 2 at the earliest' : `the ${zone} zone is lifted at no level` });
      }
    }
  });

export const networks = z.array(z.strictObject({ site, ranges: z.array(range).min(1), organisation: organisation.exactOptional() }));

/** access.yaml: which network is which site, and what each zone asks of each site. */
export const AccessDocument = z.strictObject({
  networks,
  'everywhere-else': z.enum(['home', 'evacuation-site', 'other'], 'only home, evacuation-site or other: an unknown network adds no rights').exactOptional(),
  zones: z.strictObject({ internet: zoneAccess('internet'), lgwan: zoneAccess('lgwan'), 'my-number': zoneAccess('my-number') }),
});
