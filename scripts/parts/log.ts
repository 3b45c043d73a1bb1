/** Receives what a part says, a line at a time. */
export type Log = (line: string) => void;

/** For parts whose talk nobody wants to hear. */
export const silent: Log = () => undefined;
