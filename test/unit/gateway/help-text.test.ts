import type { Help, Role, Site } from '../../../broker/port.ts';
import { helpText } from '../../../gateway/text/index.ts';
import { ROLES, SITES } from '../../../gateway/text/words.ts';

describe('what would help', () => {
  it.each([
    [{ kind: 'duty', dutyId: 'x', name: '災害対策本部' }, '業務「災害対策本部」なら利用できます。', 'You can connect for the duty "災害対策本部".'],
    [{ kind: 'level', level: '2' }, '継続レベルが2（BCP発動）以上になると利用できます。', 'You can connect once the continuity level is 2 (Activated) or higher.'],
    [{ kind: 'site', sites: ['office'] }, '庁舎からなら利用できます。', 'You can connect from the office.'],
    [{ kind: 'site', sites: ['satellite-office', 'alternative-office', 'office'] }, 'サテライトオフィス、代替庁舎、庁舎からなら利用できます。', 'You can connect from a satellite office, the alternative office, or the office.'],
    [{ kind: 'time', at: new Date('2026-10-01T03:30:00Z') }, '10月1日(木) 12:30から利用できます。', 'You can connect from Thu 1 October at 12:30 (Japan time).'],
    [{ kind: 'seat' }, '席が空くと利用できます。', 'You can connect once a seat is free.'],
    [{ kind: 'ask', role: 'security-officer' }, 'セキュリティ責任者に相談してください。', 'Ask the security officer.'],
  ] as const satisfies (readonly [Help, string, string])[])('%j is said in both languages', (help, ja, en) => {
    expect([helpText(help, 'ja'), helpText(help, 'en')]).toEqual([ja, en]);
  });

  it('has a word for every role and site', () => {
    for (const role of Object.keys(ROLES.ja) as Role[]) expect(helpText({ kind: 'ask', role }, 'ja')).not.toContain(role);
    for (const site of Object.keys(SITES.ja) as Site[]) expect(helpText({ kind: 'site', sites: [site] }, 'ja')).not.toContain(site);
  });
});
