import { createHash } from 'node:crypto';
import { POLICY_FILES, type PolicyFileName } from '../../../broker/policy/documents/index.ts';
import { readPolicyFiles } from '../../../broker/policy/files.ts';
import { readPolicy } from '../../../broker/policy/read.ts';
import { bytes, changed, problemsOf, shipped } from '../../support/policy-problems.ts';
import { SHIPPED } from '../../support/policy.ts';

describe('the policy files', () => {
  it('that are shipped can be read, and say what the product promises', async () => {
    const policy = readPolicy(await readPolicyFiles(SHIPPED), SHIPPED);
    const [hour, day] = [3_600, 86_400];
    expect(policy.durations).toEqual({
      lease: 8 * hour,
      unused: 120,
      parking: 90,
      provisional: 2 * hour,
      proposal: day,
      freshFactor: 600,
      deputy: 3 * day,
      exception: 8 * hour,
      dueBefore: hour,
      ageing: 1_800,
      tenure: 900,
      extension: 180,
      sitDown: 180,
      placeKept: 1_800,
      absentAfter: 90,
    });
    expect(policy.everywhereElse).toBe('home');
    expect(policy.capacity).toEqual({ total: 500, shares: [], reserve: 10, surplusKeeps: 5, guacd: undefined });
    expect(Object.values(policy.levels).map(({ expiresAfter }) => expiresAfter)).toEqual([undefined, 14 * day, 3 * day, day, 14 * day]);
    expect(policy.levels['2']).toMatchObject({ warnBefore: [6 * hour, hour], suspended: ['PX'], grace: 300 });
    expect(policy.levels['3'].grace).toBe(60);
    expect(Object.values(policy.classes).map(({ target }) => target)).toEqual([0, 3 * hour, day, 3 * day, 14 * day, 30 * day, 30 * day]);
    expect(policy.zones.lgwan.home).toEqual({ needs: 'registered-device', liftedFrom: 2 });
  });

  it('have the SHA-256 of their names and bytes as version, whatever their order', () => {
    const hash = createHash('sha256');
    for (const name of [...POLICY_FILES].sort()) hash.update(`${name}\0${Buffer.byteLength(shipped[name])}\0${shipped[name]}`);
    expect(readPolicy(bytes(shipped)).version).toBe(hash.digest('hex'));
    expect(readPolicy(bytes(Object.fromEntries(Object.entries(shipped).toReversed()))).version).toBe(readPolicy(bytes(shipped)).version);
    for (const name of POLICY_FILES) expect(readPolicy(bytes({ ...shipped, [name]: `${shipped[name]}# changed\n` })).version).not.toBe(readPolicy(bytes(shipped)).version);
  });

  it.each<[string, PolicyFileName, string, string, string]>([
    ['a misspelt zone', 'access.yaml', '  lgwan:', '  lgwann:', 'Unrecognized key'],
    ['an unknown access', 'access.yaml', '    home: allow', '    home: yes-please', 'Invalid option'],
    ['an access with an unknown key', 'access.yaml', 'lifted-from-level: 2', 'lifted-form-level: 2', 'Invalid option'],
    ['an access that is lifted from nothing', 'access.yaml', 'needs: registered-device', 'needs: allow', 'Invalid option'],
    ['a range that is none', 'access.yaml', 'networks: []', 'networks: [{site: office, ranges: [10.0.0.0]}]', 'CIDR'],
    ['a range of a shortened address', 'access.yaml', 'networks: []', 'networks: [{site: office, ranges: [10/8]}]', 'CIDR'],
    ['a range with bits behind its prefix', 'access.yaml', 'networks: []', 'networks: [{site: office, ranges: [10.0.0.1/8]}]', '10.0.0.0/8 is the network'],
    ['a default site that adds rights', 'access.yaml', 'everywhere-else: home', 'everywhere-else: office', 'adds no rights'],
    ['YAML that is broken', 'access.yaml', 'networks: []', 'networks: [', 'Flow sequence'],
    ['an unknown level', 'levels.yaml', '  3:\n', '  4:\n', 'Unrecognized key'],
    ['level 0 with an end', 'levels.yaml', '    suspended: []', '    expires-after: 1d\n    suspended: []', 'Unrecognized key'],
    ['a raised level without an end', 'levels.yaml', '    expires-after: 14d\n', '', 'expires-after'],
    ['an unknown class', 'levels.yaml', '[PX]', '[P9]', 'levels.2.suspended.0'],
    ['a level that lasts for months', 'levels.yaml', '72h', '32d', 'between'],
    ['an unknown class with rules', 'classes.yaml', '  PX:', '  P6:', 'P6'],
    ['a class from a level that there is not', 'classes.yaml', 'outside-from-level: 0', 'outside-from-level: 4', 'Invalid option'],
    ['a duty with an unknown key', 'duties.yaml', 'duties: []', 'duties: [{ name: 税務, site: [office] }]', 'Unrecognized key'],
    ['a duty at no site', 'duties.yaml', 'duties: []', 'duties: [{ name: 税務, sites: [] }]', 'Too small'],
    ['a negative number of seats', 'capacity.yaml', '  total: 500', '  total: -1', 'Too small'],
    ['a key given twice', 'capacity.yaml', '  total: 500', '  total: 500\n  total: 600', 'unique'],
    ['a duration without a unit', 'durations.yaml', '  lease: 8h', '  lease: 8', 'such as 90s or 8h'],
    ['a lease longer than a day', 'durations.yaml', '  lease: 8h', '  lease: 25h', 'between 1 s and 86400 s'],
    ['one level given twice, as a number and as a text', 'levels.yaml', '  1:\n', "  '0': { suspended: [], grace: 1s }\n  1:\n", 'keys are unique'],
    ['a level in another notation', 'levels.yaml', '  1:\n', '  0x1:\n', 'quotation marks'],
    ['a share for a name that names nothing', 'capacity.yaml', '  reserve: 10', '  reserve: 10\n  organisations: { __proto__: 600 }', 'no name'],
    ['a key that is a list', 'capacity.yaml', '  reserve: 10', '  reserve: 10\n  ? [reserve]\n  : 11', 'a key is a word'],
    ['an anchor', 'levels.yaml', 'suspended: [PX]', 'suspended: &most [PX]', 'anchors'],
    ['an alias', 'levels.yaml', 'suspended: [PX]', 'suspended: *most', 'aliases'],
    ['the rules of YAML 1.1', 'levels.yaml', '# yaml', '%YAML 1.1\n---\n# yaml', 'directive'],
    ['a tag', 'access.yaml', 'networks: []', 'networks: !!js/function x', 'tag'],
    ['a tab', 'levels.yaml', '    suspended: []', '\tsuspended: []', 'Tabs'],
    ['a control character', 'levels.yaml', '    suspended: []', '    suspended: \u0007[]', 'control character'],
    ['two documents', 'duties.yaml', 'duties: []', 'duties: []\n---\nduties: []', 'multiple documents'],
    ['a unit that there is not', 'durations.yaml', '8h', '8時間', 'such as 90s or 8h'],
    ['the whole internet as an office', 'access.yaml', 'networks: []', 'networks: [{ site: office, ranges: [0.0.0.0/0] }]', 'no wider than /8'],
    ['half of it', 'access.yaml', 'networks: []', 'networks: [{ site: office, ranges: [128.0.0.0/1] }]', 'no wider than /8'],
    ['the whole IPv6 internet as an office', 'access.yaml', 'networks: []', "networks: [{ site: office, ranges: ['2000::/3'] }]", 'of IPv6 than /16'],
    ['IPv4 written as IPv6, which no address is compared with', 'access.yaml', 'networks: []', "networks: [{ site: office, ranges: ['::ffff:10.0.0.0/104'] }]", 'such as 10.0.0.0/'],
    ['a provisional activation longer than two hours', 'durations.yaml', 'provisional: 2h', 'provisional: 121m', 'between 1 s and 7200 s'],
  ])('name file, line and cause of %s', (_, file, from, to, cause) => {
    const [texts, line] = changed(file, from, to);
    const problem = problemsOf(texts).find((one) => one.cause.includes(cause));
    expect(problem).toMatchObject({ file });
    expect(problem?.line).toBeGreaterThanOrEqual(line - 1);
    expect(problem?.line).toBeLessThanOrEqual(line + 3);
    expect(() => readPolicy(bytes({ ...shipped, ...texts }), 'dir')).toThrow(new RegExp(`^dir/${file}:\\d+:\\d+: `));
  });

  it.each<[string, PolicyFileName, string, string, string]>([
    ['one range with two sites', 'access.yaml', 'networks: []', 'networks: [{site: office, ranges: [10.0.0.0/8]}, {site: home, ranges: [10.0.0.0/8]}]', 'networks.1.ranges.0: 10.0.0.0/8 is "office" already'],
    ['one range with two sites, written in two ways', 'access.yaml', 'networks: []', "networks: [{site: office, ranges: ['2001:db8::/32']}, {site: home, ranges: ['2001:0db8::/32']}]", '"office" already'],
    ['a class that is suspended at level 0', 'levels.yaml', 'suspended: []', 'suspended: [PX]', 'levels.0.suspended: nothing is suspended'],
    ['a P0 that is suspended', 'levels.yaml', 'suspended: [PX]\n    grace: 60s', 'suspended: [P0, P1, P2, P3, P4, P5, PX]\n    grace: 60s', 'levels.3.suspended: P0 is never'],
    ['a class that comes back before a more urgent one', 'levels.yaml', 'stages: { P4: 15m, P5: 30m', 'stages: { P4: 45m, P5: 30m', 'P5 comes back before a class that is more urgent'],
    ['a stage of what never comes back', 'levels.yaml', '    suspended: []\n    grace: 5m\n    # Back in stages, so that no rush follows: let in again so long after it began …\n    stages: { P4: 15m, P5: 30m, PX: 45m }\n    # … and more than what is left over so long after it.\n    due: { P3: 1h, P4: 4h, P5: 8h, PX: 24h }', '    suspended: [PX]\n    grace: 5m\n    stages: { P4: 15m, P5: 30m, PX: 45m }', 'PX is suspended here, and never comes back'],
    ['a class that goes on although a more urgent one is suspended', 'levels.yaml', '  R:\n    expires-after: 14d\n    warn-before: [6h, 1h]\n    suspended: []', '  R:\n    expires-after: 14d\n    warn-before: [6h, 1h]\n    suspended: [P5]', 'P5 is suspended and PX, which is less urgent, is not'],
    ['a class that is suspended at level 2 and goes on at level 3', 'levels.yaml', 'expires-after: 24h\n    warn-before: [6h, 1h]\n    suspended: [PX]', 'expires-after: 24h\n    warn-before: [6h, 1h]\n    suspended: []', 'levels.3.suspended: PX is suspended at level 2'],
    ['a grace longer than its level', 'levels.yaml', '    expires-after: 24h\n    warn-before: [6h, 1h]\n    suspended: [PX]\n    grace: 60s', '    expires-after: 30s\n    warn-before: []\n    suspended: [PX]\n    grace: 60s', 'levels.3.grace'],
    ['a warning before the level begins', 'levels.yaml', 'expires-after: 72h', 'expires-after: 6h', 'levels.2.warn-before'],
    ['a target that is not later than the one before', 'classes.yaml', 'target: 3d', 'target: 24h', 'classes.P3.target: not later than that of P2'],
    ['a suspended class that is more urgent than ordinary work', 'classes.yaml', 'PX: { target: 30d', 'PX: { target: 29d', 'classes.PX.target'],
    ['two rules for one duty of everybody', 'duties.yaml', 'duties: []', 'duties: [{ name: 税務 }, { name: 税務 }]', 'duties.1.name'],
    ['two rules for one duty of an organisation', 'duties.yaml', 'duties: []', 'duties: [{ name: 税務, organisation: A }, { name: 税務, organisation: A }]', 'duties.1.name'],
    ['a reserve above the total', 'capacity.yaml', 'reserve: 10', 'reserve: 501', 'seats.reserve: more than the total'],
    ['a reserve of nothing', 'capacity.yaml', '  total: 500\n', '', 'a reserve of a total that is not there'],
    ['shares above the total, together', 'capacity.yaml', '  reserve: 10', '  reserve: 10\n  organisations: { A: 300, B: 201 }', 'seats.organisations: more than the total'],
  ])('that contradict themselves are refused: %s', (_, file, from, to, cause) => {
    const [texts, line] = changed(file, from, to);
    const [problem, ...others] = problemsOf(texts);
    expect([problem?.file, others]).toEqual([file, []]);
    expect(problem?.cause).toContain(cause);
    expect([0, 1, 2, 3].map((more) => line + more)).toContain(problem?.line);
  });

  it('that contradict each other are refused: a duty that is bound to sites at which every zone is forbidden', () => {
    const duties = 'duties: [{ name: 税務, sites: [home, other] }]';
    const forbidden = shipped['access.yaml'].replaceAll(/^( {4}(?:home|other)): .*$/gm, '$1: forbid');
    expect(problemsOf({ 'duties.yaml': duties, 'access.yaml': forbidden })).toEqual([{ file: 'duties.yaml', line: 1, column: 22, cause: expect.stringContaining('forbids every zone') as unknown }]);
    expect(problemsOf({ 'duties.yaml': duties.replace('other', 'office'), 'access.yaml': forbidden })).toEqual([]);
    expect(problemsOf({ 'duties.yaml': duties })).toEqual([]);
  });

  it('do not contradict each other where they only look like it', () => {
    const networks = 'networks: [{site: office, ranges: [10.0.0.0/8]}, {site: home, ranges: [10.0.0.0/8], organisation: A}, {site: office, ranges: [10.0.0.0/8]}]';
    expect(problemsOf(changed('access.yaml', 'networks: []', networks)[0])).toEqual([]);
    expect(problemsOf(changed('duties.yaml', 'duties: []', 'duties: [{ name: 税務 }, { name: 税務, organisation: A }]')[0])).toEqual([]);
    expect(problemsOf(changed('capacity.yaml', '  reserve: 10', '  reserve: 500\n  organisations: { A: 300, B: 200 }')[0])).toEqual([]);
  });

  it.each([
    ['my-number', 'home', 'allow'],
    ['my-number', 'home', 'exception'],
    ['my-number', 'evacuation-site', 'registered-device'],
    ['my-number', 'satellite-office', 'exception'],
    ['my-number', 'other', 'allow'],
    ['my-number', 'alternative-office', 'allow'],
    ['my-number', 'alternative-office', 'registered-device'],
    ['lgwan', 'home', 'allow'],
    ['lgwan', 'evacuation-site', 'allow'],
    ['lgwan', 'other', 'allow'],
  ])('cannot loosen the %s zone at the site %s to %s', (zone, site, access) => {
    const [text, line] = withCell(zone, site, access);
    expect(problemsOf({ 'access.yaml': text })).toEqual([{ file: 'access.yaml', line, column: 5, cause: expect.stringContaining('or stricter') as unknown }]);
  });

  it.each([
    ['my-number', 'home', '{ needs: forbid, lifted-from-level: 3 }'],
    ['my-number', 'alternative-office', '{ needs: exception, lifted-from-level: 3 }'],
    ['my-number', 'office', '{ needs: registered-device, lifted-from-level: 3 }'],
    ['lgwan', 'home', '{ needs: registered-device, lifted-from-level: 1 }'],
    ['lgwan', 'evacuation-site', '{ needs: forbid, lifted-from-level: 1 }'],
  ])('cannot lift the %s zone at the site %s by %s', (zone, site, access) => {
    const [text, line] = withCell(zone, site, access);
    expect(problemsOf({ 'access.yaml': text })).toEqual([{ file: 'access.yaml', line, column: 5, cause: expect.stringContaining('is lifted') as unknown }]);
  });

  it('may be stricter than the floor, and lift it from level 2 on', () => {
    expect(problemsOf({ 'access.yaml': withCell('lgwan', 'home', 'forbid')[0] })).toEqual([]);
    expect(problemsOf({ 'access.yaml': withCell('lgwan', 'other', '{ needs: forbid, lifted-from-level: 2 }')[0] })).toEqual([]);
    expect(problemsOf({ 'access.yaml': withCell('internet', 'home', '{ needs: registered-device, lifted-from-level: 1 }')[0] })).toEqual([]);
  });

  it('name a site that is missing from a zone', () => {
    const [texts] = changed('access.yaml', '    satellite-office: allow\n', '');
    expect(problemsOf(texts)[0]?.cause).toContain('satellite-office');
  });

  it.each([...POLICY_FILES])('are none without %s, and it is named', (name) => {
    const { [name]: _, ...others } = shipped;
    expect(() => readPolicy(bytes(others), 'dir')).toThrow(`dir/${name}:1:1: there is no such file`);
  });
});

function withCell(zone: string, site: string, access: string): [string, number] {
  const lines = shipped['access.yaml'].split('\n');
  const start = lines.indexOf(`  ${zone}:`);
  const at = lines.findIndex((line, number) => number > start && line.startsWith(`    ${site}:`));
  lines[at] = `    ${site}: ${access}`;
  return [lines.join('\n'), at + 1];
}
