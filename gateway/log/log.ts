import { createLogger, format, transports } from 'winston';
import { redactFields } from './redact.ts';
import { scrub } from './scrub.ts';

/** The operational log: for those who run the system, without anything that opens a door. What was decided stands on the audit trail. */
export type Log = {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
};

type Fields = Record<string, unknown>;

/** From the most to the least urgent; a level writes itself and those before it. */
export const LOG_LEVELS = ['error', 'warn', 'info'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Writes one JSON object a line: `at` (UTC), `level`, `message` and what redaction leaves of the fields.
 * @param stream where to, standard output unless given; one that breaks does not end the process
 */
export function createLog({ level, stream = process.stdout }: { level: LogLevel; stream?: NodeJS.WritableStream }): Log {
  const transport = new transports.Stream({ stream });
  const logger = createLogger({ level, levels: { error: 0, warn: 1, info: 2 }, transports: [transport], format: format.printf((info) => String(info.message)) });
  stream.on('error', () => {});
  logger.on('error', () => {});

  const write = (lineLevel: LogLevel) => (message: string, fields: Fields = {}) => {
    if (LOG_LEVELS.indexOf(lineLevel) > LOG_LEVELS.indexOf(level)) return;
    const line = { at: new Date().toISOString(), level: lineLevel, message: scrub(message), ...redactFields(fields, { stacks: lineLevel === 'error' }) };
    logger.log(lineLevel, JSON.stringify(line));
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
