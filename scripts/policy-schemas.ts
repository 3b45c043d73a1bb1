/** Writes policies/schema/: `node scripts/policy-schemas.ts`. A test compares the files with this. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CasesDocument } from '../broker/policy-cases/index.ts';
import { ScenarioDocument } from '../broker/simulation/index.ts';
import { DOCUMENTS } from '../broker/policy/documents/index.ts';

const FOLDER = join(import.meta.dirname, '../policies/schema');

/** By name of file: JSON Schema (draft 7, which editors know) of what each policy file and each file of cases may say. */
export function policySchemas(): Readonly<Record<string, string>> {
  const documents = Object.entries({ ...DOCUMENTS, 'cases.yaml': CasesDocument, 'scenario.yaml': ScenarioDocument });
  return Object.fromEntries(
    documents.map(([name, document]) => {
      const schema = z.toJSONSchema(document, { io: 'input', target: 'draft-7' });
      return [name.replace('.yaml', '.schema.json'), `${JSON.stringify({ title: name, ...schema }, null, 2)}\n`];
    }),
  );
}

if (import.meta.main) for (const [name, text] of Object.entries(policySchemas())) await writeFile(join(FOLDER, name), text);
