import { POLICY_FILES } from '../../../broker/policy/documents/index.ts';
import { readPolicy } from '../../../broker/policy/read.ts';
import { bytes, changed, problemsOf, shipped } from '../../support/policy-problems.ts';

describe('the files of a policy', () => {
  it('have no other YAML file among them', () => {
    expect(problemsOf({ 'capacity.yml': 'seats: {}' })).toEqual([expect.objectContaining({ file: 'capacity.yml', cause: 'no file of a policy' })]);
  });

  it.each([...POLICY_FILES])('are not empty, a list, an alias bomb, bytes without text: %s', (name) => {
    for (const text of ['', '- 1', 'a: &a [1]\nb: *a', 'a: \u0000', '\u0007']) expect(problemsOf({ [name]: text }).map(({ file }) => file)).toContain(name);
    expect(() => readPolicy({ ...bytes(shipped), [name]: Buffer.from([0xff, 0xfe, 0x80]) })).toThrow('UTF-8');
  });

  it('may have the byte order mark and the line ends of Windows, and problems in them have their places', () => {
    const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
    expect(problemsOf({ 'access.yaml': windows(shipped['access.yaml']) })).toEqual([]);
    const [texts, line] = changed('access.yaml', '    home: allow', '    home: yes');
    expect(problemsOf({ 'access.yaml': windows(texts['access.yaml']!) })).toMatchObject([{ line, column: 5 }]);
  });

  it('may have a private network of IPv6, and the widest of IPv4', () => {
    expect(problemsOf(changed('access.yaml', 'networks: []', "networks: [{ site: office, ranges: ['fc00::/7', 'fd10::/12', 10.0.0.0/8] }]")[0])).toEqual([]);
  });

  it('mean the registered name, however it was typed', () => {
    const decomposed = '\u304b\u3099';
    const { duties, capacity } = readPolicy(bytes({ ...shipped, 'duties.yaml': `duties: [{ name: ' ${decomposed} ', sites: [office] }]`, 'capacity.yaml': `seats: { total: 9, reserve: 1, organisations: { ${decomposed}: 2 } }` }));
    expect([duties[0]?.name, capacity.shares]).toEqual(['\u304c', [{ path: ['\u304c'], floor: 0, most: 2 }]]);
  });

  it.each<[string, string]>([
    ['more than a mebibyte', `# ${'a'.repeat(1_048_576)}`],
    ['a million brackets', `networks: ${'['.repeat(1_000_000)}`],
    ['a hundred thousand keys', Array.from({ length: 100_000 }, (_, number) => `k${number}: 1`).join('\n').slice(0, 1_000_000)],
    ['itself', 'networks: &itself [*itself]'],
  ])('are refused within seconds, with a place, when one of them holds %s', (_, text) => {
    const begin = performance.now();
    const [problem, ...more] = problemsOf({ 'access.yaml': text });
    expect(problem).toMatchObject({ file: 'access.yaml', line: 1 });
    expect(more.length).toBeLessThan(20);
    expect(performance.now() - begin).toBeLessThan(20_000);
  });
});
