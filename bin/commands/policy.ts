import { readCases, tryCase, type PlacedCase } from '../../broker/policy-cases/index.ts';
import { readPolicy, readPolicyFiles, siteOf, type Policy } from '../../broker/policy/index.ts';
import type { Call, Command, Item } from '../command.ts';
import { CannotBeDone } from '../errors.ts';
import { ORGANISATION } from './options.ts';
import { explainCommand } from './policy-explain.ts';
import { simulateCommand } from './policy-simulate.ts';

/** What the policy says. Needs no database. */
export const policy: Readonly<Record<string, Command>> = {
  check: {
    usage: '',
    summary: { en: 'read the policy and try its cases; name what is wrong, with file and line', ja: 'ポリシーを読んで事例を試し、誤りをファイル名と行で示す' },
    async run(call) {
      const { directory, policy } = await inForce(call);
      const cases = await casesOf(call, directory);
      const items = cases.flatMap((placed) => failuresOf(placed, policy));
      if (items.length > 0) return { items, failed: true };
      return { item: { directory, version: policy.version, networks: policy.networks.length, everywhereElse: policy.everywhereElse ?? null, cases: cases.length } };
    },
  },
  explain: explainCommand,
  simulate: simulateCommand,
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

function failuresOf({ file, line, one }: PlacedCase, policy: Policy): Item[] {
  return tryCase(one, policy).map((failure) => ({ at: `${file}:${line}`, name: one.name, ...failure }));
}

async function casesOf({ connection }: Call, directory: string): Promise<readonly PlacedCase[]> {
  return readCases(directory).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotBeDone({ en: `The policy is in force; its cases cannot be read:\n${why}`, ja: `ポリシーは有効ですが、事例を読めません:\n${why}` }[connection.language], { cause: error });
  });
}

async function inForce({ connection }: Call): Promise<{ directory: string; policy: Policy }> {
  const directory = connection.config().policyDirectory;
  try {
    return { directory, policy: readPolicy(await readPolicyFiles(directory), directory) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotBeDone({ en: `There is no policy that can be applied, so everybody is refused:\n${why}`, ja: `適用できるポリシーがないため、すべての要求を拒否します:\n${why}` }[connection.language], { cause: error });
  }
}
