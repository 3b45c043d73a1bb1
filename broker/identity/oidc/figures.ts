/** Figures of signing in by identity providers, in seconds unless said otherwise. */
export const FIGURES = {
  /** How long somebody may take at the provider. */
  transaction: 10 * 60,
  /** Open at once from one network: a whole town hall in the morning, and a bound for anybody who only begins. */
  transactionsPerNetwork: 3_000,
  /** An answer of the provider that takes longer has not come. */
  patience: 5,
  /** Bytes; a longer answer is none. */
  longestAnswer: 256 * 1024,
  /** For so long what is known of a provider is not asked anew. */
  healthy: 30,
  /** So long a provider that was silent is not tried again for those who want to go there. */
  silent: 5,
  /** After that, people wait for the answer instead of hearing the old one. */
  stale: 120,
  /** Between two looks for keys that are not known yet. */
  keysCooldown: 5,
  keysKept: 600,
  /** Two clocks may differ by so much. */
  tolerance: 30,
  /** A logout token is not older. */
  logoutAge: 300,
} as const;
