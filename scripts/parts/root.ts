/** Words to put before a command that needs root; sudo must be able to do it without asking. */
export const asRoot: readonly string[] = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
