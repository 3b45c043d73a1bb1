import type { Said } from './documents/index.ts';
import type { BypassRules, DeviceRules } from './policy.ts';

type SignIn = Said['sign-in.yaml']['sign-in'];

export function bypassOf(said: NonNullable<SignIn['bypass']>): BypassRules {
  return {
    fromLevel: said['from-level'],
    classes: said.classes,
    sites: said.sites,
    atOnce: said['at-once'],
    aPersonADay: said['a-person-a-day'],
    approveWithin: said['approve-within'],
    redeemWithin: said['redeem-within'],
    lasts: said.lasts,
  };
}

export function devicesOf(said: NonNullable<SignIn['devices']>): DeviceRules {
  return { aPerson: said['a-person'], validFor: said['valid-days'] * 86_400 };
}
