import type { DevicePurpose } from '../../port.ts';

export type DeviceTables = {
  device: { id: string; organisation_id: string; person_id: string; name: string; public_key: Buffer; user_agent: string; asked_in: string; asked_at: Date };
  device_approval: { device_id: string; organisation_id: string; person_id: string; approved_by: string; approved_in: string; approved_at: Date; until: Date };
  device_end: { device_id: string; organisation_id: string; person_id: string; reason: string; ended_by: string; ended_at: Date };
  device_challenge: { id: string; sign_in_id: string; purpose: DevicePurpose; lease_id: string | null; nonce: Buffer; expires_at: Date; used_at: Date | null };
  sign_in_device: { sign_in_id: string; device_id: string; proved_at: Date };
};
