import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway, type TestGateway, type TestGatewayOptions } from '../gateway.ts';
import { writePolicy } from '../policy.ts';
import { startLyingProvider, type LyingProvider } from './lying-provider.ts';
import { caOf } from './tls-listener.ts';
import { startTrueProvider, type TrueProvider } from './true-provider.ts';

/** The whole product with two identity providers of one town: one that is true (`city`) and one that lies (`liar`). */
export type TownWithProviders = {
  readonly gateway: TestGateway;
  readonly city: TrueProvider;
  readonly liar: LyingProvider;
  /** PEM of the CA of both providers. */
  readonly ca: string;
  readonly organisation: string;
  readonly organisationId: string;
  readonly unitId: string;
  /** Writes the policy anew; counts from the next request on. */
  rule(rules: ProviderRulesSaid): Promise<void>;
  stop(): Promise<void>;
};

/** YAML of what follows, under each provider or for all. */
export type ProviderRulesSaid = { readonly city?: string; readonly liar?: string; readonly required?: boolean; readonly localWhileDown?: string; readonly none?: boolean; /** Beside what providers may. */ readonly also?: string };

const USUAL = `
        link: { claim: employee_number }`;

export async function startTownWithProviders(options: TestGatewayOptions = {}): Promise<TownWithProviders> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-providers-'));
  const [certificates, secrets, policies] = [join(directory, 'certs'), join(directory, 'secrets'), join(directory, 'policies')];
  await mkdir(secrets);
  let product = { origin: '', ca: '' };
  const city = await startTrueProvider({ directory: certificates, id: 'city', product: () => product });
  const liar = await startLyingProvider({ directory: certificates, id: 'liar' });
  await writeFile(join(secrets, 'city'), `${city.clientSecret}\n`);
  await writeFile(join(secrets, 'liar'), `${liar.clientSecret}\n`);
  const organisation = `灘浜市 ${city.issuer.slice(-5)}`;
  const rule = ({ city: ofCity = USUAL, liar: ofLiar = USUAL, required = false, localWhileDown = '[P0, P1, P2]', none = false, also = '' }: ProviderRulesSaid) =>
    writePolicy(policies, {
      'sign-in.yaml': `sign-in:
  limits: { idle: 1h, absolute: 12h, at-once: 50, warn-before: 5m }
${also}  oidc:
    required: ${required}
    local-always: [system-admin]
    local-while-down: ${localWhileDown}
    providers:${none ? ' []' : ''}
${none ? '' : [[city, 'city', '庁内認証', 'City account', ofCity], [liar, 'liar', '県の認証', 'Prefecture', ofLiar]].map((entry) => {
  const [provider, id, ja, en, more] = entry as [TrueProvider | LyingProvider, string, string, string, string];
  return `      - id: ${id}
        name: { ja: ${ja}, en: ${en} }
        organisation: ${organisation}
        issuer: ${provider.issuer}
        client-id: ${provider.clientId}${more}
`;
}).join('')}`,
    });
  await rule({});
  const gateway = await startGateway({ ...options, settings: { SEKISHO_OIDC_SECRETS_DIR: secrets, SEKISHO_OIDC_CA_FILE: join(certificates, 'development-ca.pem'), SEKISHO_POLICY_DIR: policies, ...options.settings } });
  product = gateway;
  const { id: organisationId } = await gateway.broker.directory.addOrganisation({ name: organisation });
  const { id: unitId } = await gateway.broker.directory.addUnit({ organisationId, name: '防災課' });
  return {
    gateway,
    city,
    liar,
    ca: await caOf(certificates),
    organisation,
    organisationId,
    unitId,
    rule,
    async stop() {
      await gateway.stop();
      await city.stop();
      await liar.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
