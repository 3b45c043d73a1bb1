import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACCESS_FILE, PolicyError, readPolicy, siteOf, type Policy } from '../../broker/policy/index.ts';
import type { Call, Command } from '../command.ts';
import { CannotBeDone } from '../errors.ts';
import { ORGANISATION } from './options.ts';

/** What the policy says. Needs no database. */
export const policy: Readonly<Record<string, Command>> = {
  check: {
    usage: '',
    summary: { en: 'read the policy and name what is wrong, with file and line', ja: 'ポリシーを読み、誤りをファイル名と行で示す' },
    async run(call) {
      const { file, policy } = await inForce(call);
      return { item: { file, version: policy.version, networks: policy.networks.length, everywhereElse: policy.everywhereElse ?? null } };
    },
  },
  site: {
    usage: 'ADDRESS [--organisation NAME]',
    summary: { en: 'tell which site an address belongs to', ja: 'アドレスがどの場所にあたるかを示す' },
    options: ORGANISATION,
    words: [1, 1],
    async run(call) {
      const { policy } = await inForce(call);
      const address = call.words[0] ?? '';
      return { item: { address, site: siteOf(policy, { address, organisationName: call.values.text('organisation') ?? '' }) ?? null } };
    },
  },
};

async function inForce({ connection }: Call): Promise<{ file: string; policy: Policy }> {
  const file = join(connection.config().policyDirectory, ACCESS_FILE);
  try {
    return { file, policy: readPolicy(file, await readFile(file)) };
  } catch (error) {
    const why = error instanceof PolicyError || error instanceof Error ? error.message : String(error);
    throw new CannotBeDone({ en: `There is no policy that can be applied, so everybody is refused:\n${why}`, ja: `適用できるポリシーがないため、すべての要求を拒否します:\n${why}` }[connection.language], { cause: error });
  }
}
