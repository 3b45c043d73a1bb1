/** Japan has no summer time, so its clock is always nine hours ahead. */
const ahead = 9 * 3_600_000;

/** An ISO 8601 instant as a `datetime-local` field shows it, in Japan's time; empty for what is no instant. */
export function toField(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? '' : new Date(at + ahead).toISOString().slice(0, 16);
}

/** What stands in a `datetime-local` field, read as Japan's time, as an ISO 8601 instant; undefined for what is no time. */
export function fromField(typed: string): string | undefined {
  const at = Date.parse(`${typed}Z`);
  return Number.isNaN(at) ? undefined : new Date(at - ahead).toISOString();
}
