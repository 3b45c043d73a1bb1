import { z } from 'zod';
import { count } from './words.ts';

/** Bytes that a request with a file may have. */
export const LONGEST_IMPORT = 8 * 1024 * 1024;

const csv = z.string().max(LONGEST_IMPORT).regex(/^[^\p{Cs}\0]*$/u).describe('The file\'s text.');
export const ImportFile = z.strictObject({ csv }).meta({ id: 'ImportFile' });
export const CheckedImportFile = z.strictObject({ csv, digest: z.string().min(1).max(200).regex(/^[\w.:=+~-]+$/).describe('Of the preview that this was decided on.') }).meta({ id: 'CheckedImportFile' });

export const ImportError = z
  .object({
    line: count.describe('From 1, with the header.'),
    column: z.string().describe('The header\'s name; empty for the whole row.'),
    cause: z.enum([
      'not-csv',
      'encoding',
      'header-missing',
      'header-unknown',
      'too-many-rows',
      'cell-count',
      'missing',
      'too-long',
      'not-allowed',
      'unknown-unit',
      'unknown-duty',
      'unknown-person',
      'unknown-pool',
      'twice-in-file',
      'taken',
      'roles-incompatible',
      'contradiction',
    ]),
    detail: z.string(),
  })
  .meta({ id: 'ImportError' });

export const ImportPreview = z
  .object({
    digest: z.string().describe('Names the file and the state it was read against.'),
    rows: count,
    added: count,
    changed: count,
    unchanged: count,
    changes: z
      .array(
        z.object({
          line: count,
          kind: z.enum(['add', 'change']),
          name: z.string(),
          columns: z.array(z.object({ column: z.string(), before: z.string().nullable(), after: z.string() })),
        }),
      )
      .describe('The first 200.'),
    errors: z.array(ImportError),
  })
  .meta({ id: 'ImportPreview' });

export type ImportFile = z.infer<typeof ImportFile>;
export type CheckedImportFile = z.infer<typeof CheckedImportFile>;
export type ImportError = z.infer<typeof ImportError>;
export type ImportPreview = z.infer<typeof ImportPreview>;
