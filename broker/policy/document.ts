import { z } from 'zod';
import type { Site, Zone } from '../port.ts';
import { ACCESS, type Access } from './policy.ts';
import { parseRange } from './sites.ts';

const SITES = ['home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office', 'other'] as const satisfies readonly Site[];
const site = z.enum(SITES);
const organisation = z.string().min(1).max(200);
const seats = z.int().min(0).max(1_000_000);

const range = z.string().superRefine((text, context) => {
  try {
    parseRange(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `no network in CIDR form, such as 10.1.0.0/16 or 2001:db8::/32 (${error instanceof Error ? error.message : 'unreadable'})` });
  }
});

const SECONDS = { s: 1, m: 60, h: 3600 } as const;
/** Such as `90s`, `15m` or `8h`, between two bounds in seconds. */
const duration = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,6}[smh]$/, 'a duration is a number and s, m or h, such as 90s or 8h')
    .transform((text) => Number(text.slice(0, -1)) * SECONDS[text.slice(-1) as keyof typeof SECONDS])
    .refine((seconds) => seconds >= min && seconds <= max, `must be between ${min} s and ${max} s`);

/**
 * The loosest that an access may be, whatever a file says: the My Number zone is never reached from home, an evacuation
 * site, a satellite office or a network that nobody described, and the LGWAN zone from such places by a registered device at most.
 */
const FLOOR: Readonly<Record<Zone, Partial<Record<Site, Access>>>> = {
  internet: {},
  lgwan: { home: 'registered-device', 'evacuation-site': 'registered-device', other: 'registered-device' },
  'my-number': { home: 'forbid', 'evacuation-site': 'forbid', 'satellite-office': 'forbid', other: 'forbid', 'alternative-office': 'exception' },
};

const zoneAccess = (zone: Zone) =>
  z.record(site, z.enum(ACCESS)).superRefine((access, context) => {
    for (const name of SITES) {
      const floor = FLOOR[zone][name];
      if (floor === undefined || ACCESS.indexOf(access[name]) >= ACCESS.indexOf(floor)) continue;
      context.addIssue({ code: 'custom', path: [name], message: `the ${zone} zone asks for "${floor}" or stricter here` });
    }
  });

/** What policies/access.yaml may say. A key that nobody knows is refused, since it may be a rule that was misspelt. */
export const AccessDocument = z.strictObject({
  networks: z.array(z.strictObject({ site, ranges: z.array(range).min(1), organisation: organisation.exactOptional() })),
  'everywhere-else': z.enum(['home', 'evacuation-site', 'other'], 'only home, evacuation-site or other: an unknown network adds no rights').exactOptional(),
  zones: z.strictObject({ internet: zoneAccess('internet'), lgwan: zoneAccess('lgwan'), 'my-number': zoneAccess('my-number') }),
  seats: z.strictObject({ total: seats.exactOptional(), organisations: z.record(organisation, seats).exactOptional() }).exactOptional(),
  durations: z.strictObject({ lease: duration(1, 86_400), unused: duration(1, 3_600), parking: duration(1, 86_400) }),
});
