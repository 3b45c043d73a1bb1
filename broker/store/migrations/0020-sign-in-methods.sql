-- How a sign-in was proved. What rests on it (changing factors, approvals, the limits of a bypass) asks for it.
alter table sign_in add column method text not null default 'password-totp'
  check (method in ('password-totp', 'password-recovery', 'password-passkey', 'passkey', 'oidc', 'oidc-totp', 'oidc-recovery', 'oidc-passkey', 'bypass'));
