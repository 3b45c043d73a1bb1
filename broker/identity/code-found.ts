/** What a code is to an authenticator: good, used up, or of a phone whose clock is off by `off` steps. */
export type CodeFound = { readonly authenticatorId: string; readonly step: number } & ({ readonly is: 'fresh' | 'used' } | { readonly is: 'far'; readonly off: number });
