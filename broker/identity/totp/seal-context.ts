/** The context in which an authenticator's secret is sealed. */
export const sealContext = (authenticatorId: string): string => `totp:${authenticatorId}`;
