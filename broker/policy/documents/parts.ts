import { z } from 'zod';
import type { PriorityClass, Site } from '../../port.ts';

export const SITES = ['home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office', 'other'] as const satisfies readonly Site[];
export const CLASSES = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'] as const satisfies readonly PriorityClass[];

export const site = z.enum(SITES);
export const priorityClass = z.enum(CLASSES);
/**
 * A name as the database has it (NFC, nothing around it). One that only looks like it would name nothing, and what it is to
 * narrow would stay as wide as it was.
 */
export const registeredName = (description: string) => z.string().trim().normalize('NFC').min(1).max(200).meta({ description });
export const organisation = registeredName('Name of an organisation, as it is registered');
/** What the policy itself says to people, in both languages. Several lines are kept. */
const said = (max: number) => z.string().trim().normalize('NFC').min(1).max(max);
export const text = (max: number, description: string) => z.strictObject({ ja: said(max), en: said(max) }).meta({ description });
export const fromLevel = z.literal([0, 1, 2, 3]).meta({ description: 'From this continuity level on; 0: at every level' });

/** A need that a level takes away; absent: none does. */
export const liftedFrom = z.literal([1, 2, 3]).meta({ description: 'From this continuity level on it is not asked' });

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
type Unit = keyof typeof SECONDS;
export const DAY = SECONDS.d;

/** Such as `90s`, `15m`, `8h` or `14d`, read as seconds, between two bounds in seconds. */
export const duration = (min: number, max: number) =>
  z
    .string('a duration is a number and s, m, h or d, such as 90s or 8h')
    .regex(/^\d{1,6}[smhd]$/, 'a duration is a number and s, m, h or d, such as 90s or 8h')
    .meta({ description: 'A number and s, m, h or d, such as 90s, 15m, 8h or 14d' })
    .transform((text) => Number(text.slice(0, -1)) * SECONDS[text.slice(-1) as Unit])
    .refine((seconds) => seconds >= min && seconds <= max, `must be between ${min} s and ${max} s`);
