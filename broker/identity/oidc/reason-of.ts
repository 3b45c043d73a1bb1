import { errors } from 'jose';
import { ClientError, ResponseBodyError } from 'openid-client';
import type { ProviderReason } from './reasons.ts';

const BY_CLAIM: Readonly<Record<string, ProviderReason>> = {
  nonce: 'nonce-wrong',
  aud: 'audience-wrong',
  azp: 'audience-wrong',
  iss: 'token-issuer-wrong',
  exp: 'token-expired',
  auth_time: 'proved-too-long-ago',
};

/** What a library's error means. One that it did not foresee is the line's: the provider did not answer as one. */
export function reasonOf(error: unknown): ProviderReason {
  if (error instanceof ResponseBodyError) return error.status >= 500 ? 'unavailable' : 'code-refused';
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) return 'signature-wrong';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm-wrong';
  if (error instanceof errors.JWTExpired) return 'token-expired';
  if (error instanceof errors.JWTClaimValidationFailed) return BY_CLAIM[error.claim] ?? 'token-invalid';
  if (error instanceof errors.JWKSTimeout) return 'unavailable';
  if (error instanceof errors.JOSEError) return 'token-invalid';
  if (!(error instanceof ClientError)) return 'unavailable';
  const details = detailsOf(error);
  if (typeof details['claim'] === 'string') return BY_CLAIM[details['claim']] ?? 'token-invalid';
  if ('header' in details) return 'algorithm-wrong';
  return error.code === 'OAUTH_INVALID_RESPONSE' || error.code === 'OAUTH_PARSE_ERROR' || error.code === 'OAUTH_UNSUPPORTED_OPERATION' ? 'token-invalid' : 'unavailable';
}

/** The innermost cause that is no error: what the library says it compared. */
function detailsOf(error: Error): Readonly<Record<string, unknown>> {
  let inner: unknown = error.cause;
  while (inner instanceof Error) inner = inner.cause;
  return typeof inner === 'object' && inner !== null && !(inner instanceof Response) ? (inner as Readonly<Record<string, unknown>>) : {};
}
