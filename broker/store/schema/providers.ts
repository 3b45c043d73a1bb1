/** Sign-in by identity providers. */
export type ProviderTables = {
  provider_identity: { id: string; person_id: string; issuer: string; subject: string; linked_at: Date; linked_by: 'claim' | 'creation' };
  provider_name: { person_id: string; organisation_id: string; name: string };
  provider_transaction: {
    id: string;
    token_hash: Buffer;
    provider_id: string;
    return_to: string;
    network: string;
    begun_at: Date;
    expires_at: Date;
    used_at: Date | null;
  };
  provider_session: { half_sign_in_id: string; identity_id: string; sid: string | null; at: Date };
  provider_logout: { issuer: string; jti_hash: Buffer; subject: string | null; sid: string | null; at: Date };
  provider_noise: { id: string; network: string; minute: Date; provider_id: string; why: string; address: string; count: number };
};
