/** The shelter bypass. Append-only, all of it. */
export type BypassTables = {
  bypass: {
    id: string;
    organisation_id: string;
    person_id: string;
    unit_id: string;
    shelter: string;
    voucher_id: string;
    reached_by: string;
    reason: string;
    issued_by: string;
    issued_in: string;
    issued_at: Date;
    closes_at: Date;
  };
  bypass_approval: {
    bypass_id: string;
    organisation_id: string;
    person_id: string;
    issued_by: string;
    voucher_id: string;
    approved_by: string;
    approved_in: string;
    as_deputy: string | null;
    approved_at: Date;
    sealed_code: Buffer;
    redeem_until: Date;
  };
  bypass_use: { bypass_id: string; sign_in_id: string; used_at: Date };
  bypass_end: { bypass_id: string; organisation_id: string; reason: string; ended_by: string; ended_at: Date };
};
