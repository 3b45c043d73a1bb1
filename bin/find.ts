import type { Directory } from '../broker/identity/index.ts';
import type { DesktopRecord, DesktopsAdmin } from '../broker/desktops/index.ts';
import type { Language } from '../broker/port.ts';
import { CannotBeDone, UsageError } from './errors.ts';
import { withPaths } from './unit-paths.ts';

type Named = { readonly id: string; readonly name: string };

/** Finds what a command names, by its name or its id. Each throws CannotBeDone that says what there is instead. */
export function createFind({ directory, desktopsAdmin }: { directory: Directory; desktopsAdmin: DesktopsAdmin }, language: Language) {
  const organisation = async (given: string | undefined): Promise<Named> => {
    const all = await directory.listOrganisations();
    const [only] = all;
    if (given !== undefined) return one(all, given, { en: 'organisation', ja: '団体' }, language);
    if (only !== undefined && all.length === 1) return only;
    if (all.length === 0) throw new CannotBeDone({ en: 'There is no organisation yet: sekisho org add NAME', ja: '団体がまだありません: sekisho org add NAME' }[language]);
    throw new UsageError({ en: `--organisation is needed: ${namesOf(all)}`, ja: `--organisation が必要です: ${namesOf(all)}` }[language]);
  };
  return {
    organisation,
    /** Also by its path, such as `総務部/総務課`. */
    unit: async (organisationId: string, given: string) => {
      const units = withPaths(await directory.listUnits({ organisationId }));
      const path = given.split('/').map((name) => name.trim().normalize('NFC')).join('/');
      return units.find((unit) => unit.path === path && path.includes('/')) ?? one(units, given, { en: 'unit', ja: '部署' }, language);
    },
    duty: async (organisationId: string, given: string) => one(await directory.listDuties({ organisationId }), given, { en: 'duty', ja: '業務' }, language),
    desktop: async (organisationId: string, given: string): Promise<DesktopRecord> => one(await desktopsAdmin.list(organisationId), given, { en: 'desktop', ja: 'デスクトップ' }, language),
    pool: async (organisationId: string, given: string): Promise<Named> => one(await desktopsAdmin.pools(organisationId), given, { en: 'pool', ja: 'プール' }, language),
    person: async (username: string) => {
      const person = await directory.findPerson({ username });
      if (person === undefined) throw new CannotBeDone({ en: `There is no user "${username}": see sekisho user list`, ja: `ユーザー「${username}」は登録されていません（sekisho user list で確認）` }[language]);
      return person;
    },
  };
}

function one<T extends Named>(all: readonly T[], given: string, kind: Readonly<Record<Language, string>>, language: Language): T {
  const byId = all.find(({ id }) => id === given);
  const byName = all.filter(({ name }) => name === given.trim().normalize('NFC'));
  const [found, another] = byId === undefined ? byName : [byId];
  if (found === undefined) {
    throw new CannotBeDone({ en: `There is no ${kind.en} "${given}". There is: ${namesOf(all)}`, ja: `${kind.ja}「${given}」は登録されていません。登録済み: ${namesOf(all)}` }[language]);
  }
  if (another !== undefined) throw new CannotBeDone({ en: `Several are called "${given}": give the id`, ja: `「${given}」は複数あります。id で指定してください` }[language]);
  return found;
}

function namesOf(all: readonly Named[]): string {
  const shown = all.slice(0, 10).map(({ name }) => name).join(', ');
  return all.length === 0 ? '-' : all.length > 10 ? `${shown}, … (${all.length})` : shown;
}
