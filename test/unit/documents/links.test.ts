import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { anchorsIn, checkout, linksIn, markdownFiles, readDocument } from '../../support/documents.ts';

const files = markdownFiles();
const links = files.flatMap((file) => linksIn(readDocument(file)).map((link) => ({ file, link })));
const local = links.filter(({ link }) => !/^[a-z]+:/.test(link));

/** The file that a link leads to, from the project's root, and the anchor in it. */
function targetOf({ file, link }: { file: string; link: string }): { path: string; anchor: string | undefined } {
  const [path, anchor] = decodeURIComponent(link).split('#');
  return { path: path === '' ? file : normalize(join(dirname(file), path!)), anchor };
}

describe('the documents', () => {
  it('are there, and linked with one another', () => {
    expect(files).toEqual(expect.arrayContaining(['CHANGELOG.md', 'CONTRIBUTING.md', 'README.md', 'SECURITY.md', 'docs/README.md', 'docs/architecture.md', 'docs/production.md']));
    expect(local.length).toBeGreaterThan(40);
  });

  it('lead to files that exist', () => {
    expect(local.filter((place) => !existsSync(join(checkout, targetOf(place).path)))).toEqual([]);
  });

  it('lead to headings that exist', () => {
    const anchored = local.filter((place) => targetOf(place).anchor !== undefined && targetOf(place).path.endsWith('.md'));
    expect(anchored.filter((place) => !anchorsIn(readDocument(targetOf(place).path)).has(targetOf(place).anchor!))).toEqual([]);
  });

  it('lead outside by https only', () => {
    expect(links.filter(({ link }) => /^[a-z]+:/.test(link) && !link.startsWith('https://'))).toEqual([]);
  });

  it('can each be reached from README.md or docs/README.md', () => {
    const seen = new Set(['README.md']);
    for (const file of seen) {
      for (const place of local) if (place.file === file && files.includes(targetOf(place).path)) seen.add(targetOf(place).path);
    }
    expect(files.filter((file) => !seen.has(file))).toEqual([]);
  });
});

describe('what finds links', () => {
  it('sees inline links and images, and passes over code', () => {
    const text = 'a [b](c.md#d) ![e](f.png) `[g](h)`\n```\n[i](j)\n```\n[k](l_(m).md)';
    expect(linksIn(text)).toEqual(['c.md#d', 'f.png', 'l_(m).md']);
  });

  it('makes the anchors that GitHub makes', () => {
    expect([...anchorsIn('# The way in\n## `bin/x`, 関所!\n```\n# not this\n```')]).toEqual(['the-way-in', 'binx-関所']);
  });
});
