/**
 * Says whether a path of the build context is left out. Patterns as in docs.docker.com, "Build context", ".dockerignore
 * files": the last one that matches the path, or a directory above it, decides; `!` takes back in. A name that begins
 * with a dot is a name like any other.
 */
export function dockerIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ ignored: !line.startsWith('!'), pattern: expression(line.replace(/^!/, '')) }));
  return (path) => {
    const here = withParents(path);
    return rules.findLast(({ pattern }) => here.some((candidate) => pattern.test(candidate)))?.ignored ?? false;
  };
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`. */
function withParents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function expression(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (piece) => {
    if (piece === '**/') return '(?:.*/)?';
    if (piece === '**') return '.*';
    if (piece === '*') return '[^/]*';
    return piece === '?' ? '[^/]' : `\\${piece}`;
  });
  return new RegExp(`^${source}$`, 'u');
}
