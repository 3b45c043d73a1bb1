import { whyNotAnyLonger } from '../admission/index.ts';
import type { Policy } from '../policy/policy.ts';
import type { LevelEffect, LevelInForce, PriorityClass, Site, Zone } from '../port.ts';

const SITES: readonly Site[] = ['home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office', 'other'];

type Duty = { readonly name: string; readonly class: PriorityClass; readonly zone: Zone };

export type Office = {
  readonly organisationName: string;
  /** `people`: ids of those who hold it. */
  readonly duties: readonly (Duty & { readonly id: string; readonly people: readonly string[] })[];
  /** Open ones. */
  readonly sessions: readonly { readonly duty: Duty; readonly site: Site }[];
};

/** What changes for whom when one level takes another's place. The rules are those of admission itself. */
export function effectOf(policy: Policy, { organisationName, duties, sessions }: Office, now: LevelInForce, then: LevelInForce): Pick<LevelEffect, 'sessionsEnding' | 'peopleGaining' | 'peopleLosing' | 'duties'> {
  const mayGoOn = (level: LevelInForce, { name, class: priorityClass, zone }: Duty, site: Site) =>
    whyNotAnyLonger({ policy, level, organisationName, site, entry: 'open', duty: { name, class: priorityClass, zone } }) === undefined;
  const compared = duties.map((duty) => {
    const sitesAt = (level: LevelInForce) => SITES.filter((site) => mayGoOn(level, duty, site));
    return { duty, sitesNow: sitesAt(now), sitesThen: sitesAt(then) };
  });
  const peopleOf = (chosen: typeof compared) => new Set(chosen.flatMap(({ duty }) => duty.people)).size;
  return {
    sessionsEnding: sessions.filter(({ duty, site }) => !mayGoOn(then, duty, site)).length,
    peopleGaining: peopleOf(compared.filter(({ sitesNow, sitesThen }) => sitesThen.some((site) => !sitesNow.includes(site)))),
    peopleLosing: peopleOf(compared.filter(({ sitesNow, sitesThen }) => sitesNow.some((site) => !sitesThen.includes(site)))),
    duties: compared.map(({ duty, sitesNow, sitesThen }) => ({ dutyId: duty.id, name: duty.name, class: duty.class, people: duty.people.length, sitesNow, sitesThen })),
  };
}
