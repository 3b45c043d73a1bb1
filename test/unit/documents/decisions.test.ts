import { markdownFiles, readDocument } from '../../support/documents.ts';

const records = markdownFiles().filter((file) => file.startsWith('docs/decisions/'));
const nameOf = (file: string) => file.slice('docs/decisions/'.length);

describe('decision records', () => {
  it('are there', () => expect(records.length).toBeGreaterThan(5));

  it.each(records)('%s is numbered in its name and title, and says why, details, security, audit and test plan', (file) => {
    const number = /^(\d{4})-[a-z0-9-]+\.md$/.exec(nameOf(file))?.[1];
    expect(number).toBeDefined();
    const text = readDocument(file);
    expect(text.split('\n', 1)[0]).toMatch(new RegExp(`^# ${number}[ :.]`));
    const headings = [...text.matchAll(/^## +(.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(expect.arrayContaining(['Why', 'Details', 'Security', 'Audit', 'Test plan']));
  });

  it('have each a number of their own', () => {
    const numbers = records.map((file) => nameOf(file).slice(0, 4));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('stand in the index, in order', () => {
    const listed = [...readDocument('docs/README.md').matchAll(/\(decisions\/([^)]+)\)/g)].map((match) => match[1]);
    expect(listed).toEqual(records.map(nameOf));
  });
});
