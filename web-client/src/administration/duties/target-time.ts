const hour = 3600;
const longest = 365 * 24;

/** A target time as it stands in the field: hours, empty for that of the class. */
export function hoursOf(targetSeconds: number | null): string {
  return targetSeconds === null ? '' : String(Math.round((targetSeconds / hour) * 100) / 100);
}

/** Hours as a person typed them, in half or full width, as seconds; null for the class's own, undefined for what is no number of hours in a year. */
export function secondsOf(typed: string): number | null | undefined {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return null;
  const hours = /^\d{1,4}(?:\.\d{1,2})?$/u.test(text) ? Number(text) : Number.NaN;
  return hours <= longest ? Math.round(hours * hour) : undefined;
}
