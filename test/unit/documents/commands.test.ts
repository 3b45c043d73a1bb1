import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, markdownFiles, readDocument } from '../../support/documents.ts';

type Package = { scripts: Record<string, string>; dependencies: object; devDependencies: object; optionalDependencies: object };
const project: Package = JSON.parse(readDocument('package.json'));

/** npm's own commands that the documents use. */
const OF_NPM = new Set(['ci', 'install', 'outdated', 'view']);
/** `npm run x` and `npm test` in code or prose, by document. */
const commands = markdownFiles().flatMap((file) =>
  [...readDocument(file).matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)].map((match) => ({ file, text: match[0], name: match[1]! })),
);

describe('the documents’ commands', () => {
  it('are scripts of package.json, or npm’s own', () => {
    const ran = commands.filter(({ text, name }) => text.startsWith('npm run ') || name === 'test' || name === 'start');
    expect(ran.length).toBeGreaterThan(10);
    expect(ran.filter(({ name }) => project.scripts[name] === undefined)).toEqual([]);
    const readme = commands.filter(({ file, text, name }) => file === 'README.md' && !text.startsWith('npm run ') && name !== 'test' && name !== 'start');
    expect(readme.filter(({ name }) => !OF_NPM.has(name) && name !== 'and')).toEqual([]);
  });

  it('in the README are every script that a person runs', () => {
    const named = new Set(commands.filter(({ file }) => file === 'README.md').map(({ name }) => name));
    for (const script of ['demo', 'start', 'test', 'check', 'build', 'bench']) expect([...named]).toContain(script);
  });

  it('name files and folders that exist, where they look like paths of the project', () => {
    const paths = markdownFiles().flatMap((file) =>
      [...readDocument(file).matchAll(/`((?:gateway|broker|web-client|policies|certs|test|scripts|bench|bin|docs)\/[\w./-]*)`/g)].map((match) => ({ file, path: match[1]! })),
    );
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter(({ path }) => !existsSync(join(checkout, path)))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  it('names exactly the direct dependencies, each once', () => {
    const named = [...readDocument('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]!);
    const direct = [project.dependencies, project.devDependencies, project.optionalDependencies].flatMap((group) => Object.keys(group));
    expect(named.sort()).toEqual(direct.sort());
  });
});
