/** The house's walls, checked by `npm run check`. */
export default {
  forbidden: [
    { name: 'no-cycles', comment: 'Data flows one way.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'gateway-knows-the-broker-by-its-port',
      comment: 'The enforcement point sees the decision point only through broker/port.ts; main.ts is the composition root.',
      severity: 'error',
      from: { path: '^gateway/', pathNot: '^gateway/main\\.ts$' },
      to: { path: '^broker/', pathNot: '^broker/port\\.ts$' },
    },
    { name: 'broker-never-imports-gateway', severity: 'error', from: { path: '^broker/' }, to: { path: '^(gateway|web-client|bin|scripts|test)/' } },
    {
      name: 'only-the-store-imports-the-sql-library',
      severity: 'error',
      from: { pathNot: '^(broker/store/|node_modules/|test/|bench/)' },
      to: { path: 'node_modules/(kysely|pg|pg-[a-z]+)/' },
    },
    {
      name: 'only-one-file-imports-guacamole-lite',
      severity: 'error',
      from: { pathNot: '^(gateway/relay/(lite-frame|guacamole-lite\\.d)\\.ts|node_modules/|bench/)' },
      to: { path: 'node_modules/guacamole-lite/' },
    },
    { name: 'relay-knows-neither-http-nor-auth', severity: 'error', from: { path: '^gateway/relay/' }, to: { path: '^(gateway/(http|auth)/|node_modules/express/)' } },
    {
      name: 'admission-rules-are-pure',
      comment: 'A decision is a function of its facts: no I/O, no clock, no store.',
      severity: 'error',
      from: { path: '^broker/admission/', pathNot: '^broker/admission/(before|facts|sign-in|telework)-store\\.ts$' },
      to: { path: '(^broker/(store|audit)/|^node:|node_modules/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'verifier-stands-alone',
      comment: 'Whoever checks the trail must not believe its writer.',
      severity: 'error',
      from: { path: '^broker/audit/verify/' },
      to: { path: '^broker/', pathNot: '^broker/(audit/verify|store)/' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { path: '^(gateway|broker|web-client|bin|certs)/' }, to: { path: '^(test|bench)/' } },
    { name: 'no-dev-dependencies-in-the-server', severity: 'error', from: { path: '^(gateway|broker|bin|certs)/' }, to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true, dependencyTypesNot: ['type-only'] } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(var|web-client/dist)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'], extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
