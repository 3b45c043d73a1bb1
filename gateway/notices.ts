/** What whoever watches the first start is told, on standard error and never in the log. */

export function firstAdministratorNotice(origin: string, { username, token, expiresAt }: { username: string; token: string; expiresAt: Date }): string {
  const until = expiresAt.toISOString().slice(0, 16).replace('T', ' ');
  return `
最初の管理者の招待リンクです。一度だけ使えます。有効期限 ${until} (UTC)。
One-time link for the first administrator (${username}), until ${until} UTC:

  ${origin}/welcome#${token}
`;
}

export function keyNotice(what: string, file: string): string {
  return `A ${what} was made: ${file}. Keep a copy apart from the database's backup.`;
}

export function certificateNotice(directory: string): string {
  return `Browsers will warn of the development certificate until ${directory}/development-ca.pem is imported (certs/README.md).`;
}
