import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { POLICY_FILES } from '../../../broker/policy/documents/index.ts';
import { policySchemas } from '../../../scripts/policy-schemas.ts';
import { SHIPPED } from '../../support/policy.ts';

const FOLDER = join(SHIPPED, 'schema');
const firstLine = async (file: string) => (await readFile(file, 'utf8')).split('\n', 1)[0];

describe('the JSON Schemas of the policy', () => {
  it('are what the reader knows: node scripts/policy-schemas.ts writes them', async () => {
    const files = (await readdir(FOLDER)).sort();
    const written = await Promise.all(files.map(async (file) => [file, await readFile(join(FOLDER, file), 'utf8')] as const));
    expect(Object.fromEntries(written)).toEqual(policySchemas());
  });

  it('are named in the first line of each file, where editors look for them', async () => {
    for (const name of POLICY_FILES) expect(await firstLine(join(SHIPPED, name))).toBe(`# yaml-language-server: $schema=./schema/${name.replace('.yaml', '.schema.json')}`);
    const cases = await readdir(join(SHIPPED, 'cases'));
    expect(cases.length).toBeGreaterThan(5);
    for (const name of cases) expect(await firstLine(join(SHIPPED, 'cases', name))).toBe('# yaml-language-server: $schema=../schema/cases.schema.json');
  });

  it('know every key of every level', () => {
    const { properties } = JSON.parse(policySchemas()['levels.schema.json']!) as { properties: { levels: { required: string[]; properties: Record<string, { required: string[]; additionalProperties: boolean }> } } };
    expect(properties.levels.required).toEqual(['0', '1', '2', '3', 'R']);
    expect(properties.levels.properties['2']).toMatchObject({ required: ['expires-after', 'warn-before', 'suspended', 'grace'], additionalProperties: false });
  });
});
