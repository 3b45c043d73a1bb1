/** The letters of a secret in groups of four, so that a person can type them without losing the place. */
export function inGroups(secret: string): readonly string[] {
  return secret.match(/.{1,4}/gu) ?? [];
}
