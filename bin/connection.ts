import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAdministration, type Administration } from '../broker/administration.ts';
import { readSecretBox } from '../broker/secret-box.ts';
import type { Language } from '../broker/port.ts';
import { readConfig, type Config } from '../gateway/config.ts';
import { CannotBeDone } from './errors.ts';

/** The installation that the settings name. Nothing is opened before it is asked for. */
export type Connection = {
  readonly language: Language;
  config(): Config;
  /** Throws CannotBeDone where the database or a key is not there, with what to do. */
  administration(): Promise<Administration>;
  /** Undefined where no database is set and none of the product's own runs. */
  connectionString(): Promise<string | undefined>;
  close(): Promise<void>;
};

export function createConnection({ environment, language }: { environment: Readonly<Record<string, string | undefined>>; language: Language }): Connection {
  let known: Config | undefined;
  const config = () => (known ??= readConfig(environment));
  const connectionString = async () => {
    const { databaseUrl, dataDirectory } = config();
    // The running gateway leaves the address of its own PostgreSQL there.
    return databaseUrl ?? (await readFile(join(dataDirectory, 'database-url'), 'utf8').catch(() => undefined))?.trim();
  };
  const open = async () => {
    const url = await connectionString();
    if (url === undefined) throw new CannotBeDone(noDatabase(config().dataDirectory)[language]);
    const key = config().secretKey.path;
    const secretBox = await readSecretBox(key).catch((error: unknown) => {
      throw new CannotBeDone(noKey(key)[language], { cause: error });
    });
    return openAdministration({ connectionString: url, secretBox, actor: { kind: 'operator' }, log: { warn: () => undefined } }).catch((error: unknown) => {
      throw new CannotBeDone(noAnswer(error)[language], { cause: error });
    });
  };
  let administration: Promise<Administration> | undefined;
  return {
    language,
    config,
    connectionString,
    administration: () => (administration ??= open()),
    async close() {
      const opened = await administration?.catch(() => undefined);
      await opened?.close();
    },
  };
}

const noDatabase = (directory: string) => ({
  en: `There is no database to work on: DATABASE_URL is not set, and no Sekisho runs on ${directory}. Start it (npm start), or set DATABASE_URL or SEKISHO_DATA_DIR as the gateway has it.`,
  ja: `データベースが見つかりません。DATABASE_URL が未設定で、${directory} で動いている Sekisho もありません。npm start で起動するか、DATABASE_URL または SEKISHO_DATA_DIR をゲートウェイと同じに設定してください。`,
});

const noKey = (file: string) => ({
  en: `The key that seals secrets cannot be read: ${file}. Set SEKISHO_SECRET_KEY_FILE as the gateway has it.`,
  ja: `秘密情報を守る鍵を読めません: ${file}。SEKISHO_SECRET_KEY_FILE をゲートウェイと同じに設定してください。`,
});

const noAnswer = (error: unknown) => {
  const why = because(error);
  return {
    en: `The database cannot be used: ${why}. See whether it runs and whether DATABASE_URL is right.`,
    ja: `データベースを使えません: ${why}。起動しているか、DATABASE_URL が正しいか確認してください。`,
  };
};

/** The innermost cause: a failed connection is wrapped by whoever needed it. */
function because(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(because).join('; ');
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : because(error.cause);
}
