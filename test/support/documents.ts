import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const checkout = join(import.meta.dirname, '../..');

const NOT_OURS = new Set(['node_modules', 'var', '.git', 'dist']);

/** Every Markdown file of the project, as a path from its root, sorted. */
export function markdownFiles(directory = ''): readonly string[] {
  const entries = readdirSync(join(checkout, directory), { withFileTypes: true }).filter(({ name }) => !NOT_OURS.has(name));
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.md')).map(({ name }) => join(directory, name));
  const below = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => markdownFiles(join(directory, name)));
  return [...files, ...below].sort();
}

export function readDocument(file: string): string {
  return readFileSync(join(checkout, file), 'utf8');
}

/** Targets of inline links and images, code left out. */
export function linksIn(markdown: string): readonly string[] {
  const text = markdown.replaceAll(/```.*?```/gs, '').replaceAll(/`[^`\n]*`/g, '`');
  return [...text.matchAll(/\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)/g)].map((match) => match[1]!);
}

/** Anchors of headings as GitHub makes them. */
export function anchorsIn(markdown: string): ReadonlySet<string> {
  const headings = [...markdown.replaceAll(/```.*?```/gs, '').matchAll(/^#{1,6} +(.*)$/gm)].map((match) => match[1]!);
  return new Set(headings.map((heading) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-')));
}
