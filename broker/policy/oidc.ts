import type { Contradiction } from './contradiction.ts';
import type { Said } from './documents/index.ts';
import type { CreationRules, OidcRules, ProviderRules } from './policy.ts';

type SaidOidc = NonNullable<Said['sign-in.yaml']['sign-in']['oidc']>;
type SaidProvider = SaidOidc['providers'][number];

export function oidcRulesOf({ required, 'local-always': localAlways, 'local-while-down': localWhileDown, providers }: SaidOidc): OidcRules {
  return { required, localAlways, localWhileDown, providers: providers.map(providerOf) };
}

function providerOf(said: SaidProvider): ProviderRules {
  const { id, name, organisation, issuer, 'client-id': clientId, 'signed-with': signedWith = 'RS256', scopes = ['profile'], link, create, roles = [], 'second-factor': secondFactor } = said;
  return {
    id,
    name,
    organisation,
    issuer,
    clientId,
    signedWith,
    scopes,
    ...(link && { linkClaim: link.claim }),
    ...(create && { create: creationOf(create) }),
    roles,
    ...(secondFactor && { secondFactor: { acr: secondFactor.acr ?? [], amr: secondFactor.amr ?? [], maxAge: secondFactor['max-age'] } }),
  };
}

function creationOf({ username, 'display-name': displayName, unit }: NonNullable<SaidProvider['create']>): CreationRules {
  return { username, displayName, unitClaim: unit.claim, units: unit.units ?? [], otherwise: unit.otherwise };
}

/** What cannot hold together in the rules of identity providers. */
export function* inOidc({ 'sign-in.yaml': { 'sign-in': { oidc } } }: Said): Iterable<Contradiction> {
  if (oidc === undefined) return;
  const ids = new Set<string>();
  const clients = new Set<string>();
  for (const [index, { id, issuer, 'client-id': clientId, link, create, roles = [] }] of oidc.providers.entries()) {
    const wrong = (path: readonly (string | number)[], cause: string): Contradiction => ({ file: 'sign-in.yaml', path: ['sign-in', 'oidc', 'providers', index, ...path], cause });
    if (ids.has(id)) yield wrong(['id'], 'there is a provider of this id already');
    ids.add(id);
    const client = JSON.stringify([issuer, clientId]);
    if (clients.has(client)) yield wrong(['client-id'], 'there is a provider with this issuer and client id already');
    clients.add(client);
    if (link === undefined && create === undefined) yield wrong(['id'], 'without link and create nobody could ever sign in by it');
    for (const [line, { claim, is, role }] of roles.entries()) {
      if (roles.findIndex((other) => other.claim === claim && other.is === is && other.role === role) < line) yield wrong(['roles', line], 'this role follows from this value already');
    }
    if (create !== undefined && (create.unit.claim === undefined) !== (create.unit.units === undefined)) yield wrong(['create', 'unit'], 'claim and units stand together');
    if (create !== undefined && create.unit.units === undefined && create.unit.otherwise === undefined) yield wrong(['create', 'unit'], 'no unit for anybody');
  }
  if (oidc.required && oidc.providers.length === 0) yield { file: 'sign-in.yaml', path: ['sign-in', 'oidc', 'required'], cause: 'there is no provider to sign in by' };
}
