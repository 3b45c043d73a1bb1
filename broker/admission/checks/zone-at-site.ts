import type { Check } from '../check.ts';

/**
 * Which zone may be reached from which site. A registered device and a two-person exception are conditions that nothing
 * can meet: there is no means to register a device or to grant an exception, so both refuse and name what is missing.
 */
export const zoneAtSite: Check = {
  name: 'zone at site',
  reason: ({ policyVersion, site, access }) => {
    if (policyVersion === undefined) return undefined;
    if (site === undefined) return 'site-unknown';
    switch (access) {
      case undefined:
      case 'allow':
        return undefined;
      case 'registered-device':
        return 'registered-device-required';
      case 'exception':
        return 'exception-required';
      case 'forbid':
        return 'zone-forbidden-at-site';
    }
  },
};
