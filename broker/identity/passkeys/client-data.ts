/** The challenge that a browser's answer says it answers; undefined for what is no such answer. Everything about it is verified later. */
export function challengeIn(clientDataJSON: string): string | undefined {
  if (clientDataJSON.length > 8_000) return undefined;
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    const challenge = typeof data === 'object' && data !== null && 'challenge' in data ? data.challenge : undefined;
    return typeof challenge === 'string' && challenge.length < 200 ? challenge : undefined;
  } catch {
    return undefined;
  }
}
