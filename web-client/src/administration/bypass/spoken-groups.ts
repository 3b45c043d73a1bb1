/** Ten digits as people read them out: three, three and four. */
export function spokenGroups(code: string): readonly string[] {
  return [code.slice(0, 3), code.slice(3, 6), code.slice(6)].filter((group) => group !== '');
}
