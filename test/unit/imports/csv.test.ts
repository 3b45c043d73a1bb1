import fc from 'fast-check';
import { MOST_RECORDS, readCsv } from '../../../broker/imports/csv/read.ts';
import { csvLine, unshielded } from '../../../broker/imports/csv/write.ts';

const texts = (csv: string) => readCsv(csv).rows.map(({ cells }) => cells.map(({ text }) => text));

describe('CSV that is read', () => {
  it.each<[string, string, string[][]]>([
    ['line feeds', 'a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
    ['carriage returns and line feeds', 'a,b\r\n1,2\r\n', [['a', 'b'], ['1', '2']]],
    ['carriage returns alone', 'a,b\r1,2', [['a', 'b'], ['1', '2']]],
    ['a mixture', 'a\r\nb\rc\nd', [['a'], ['b'], ['c'], ['d']]],
    ['a byte order mark', '\ufeffa,b\n', [['a', 'b']]],
    ['a byte order mark before a quotation mark', '\ufeff"a",b\n', [['a', 'b']]],
    ['quotation marks', '"a ""b"" c","d,e","f\ng"', [['a "b" c', 'd,e', 'f\ng']]],
    ['blanks around a cell', ' a , b\n', [[' a ', ' b']]],
    ['empty rows, and rows of empty cells', 'a,b\n\n,\n , \n1,2\n\n', [['a', 'b'], ['1', '2']]],
    ['rows of several lengths', 'a,b\n1\n1,2,3\n', [['a', 'b'], ['1'], ['1', '2', '3']]],
    ['nothing', '', []],
  ])('has %s', (_, csv, rows) => {
    expect(readCsv(csv).errors).toEqual([]);
    expect(texts(csv)).toEqual(rows);
  });

  it('is placed as a text editor counts lines', () => {
    const { rows } = readCsv('a,b\r\n"1\r\n2\n3\r4",x\r\n\r\n5,"6\n7"\n8,9');
    expect(rows.map(({ line, cells }) => [line, ...cells.map((cell) => cell.line)])).toEqual([[1, 1, 1], [2, 2, 5], [7, 7, 7], [9, 9, 9]]);
  });

  it.each([
    ['a quotation mark that is never closed', 'a,b\n1,2\n3,"4\n5\n', 3],
    ['text behind a quoted cell', 'a,b\n"1\n2"x,3\n', 2],
    ['a quotation mark within a cell', 'a,b\n1,2 "x"\n', 2],
  ])('says where %s begins, and gives what came before', (_, csv, line) => {
    expect(readCsv(csv).errors).toEqual([{ line, column: '', cause: 'not-csv', detail: expect.any(String) }]);
    expect(texts(csv)[0]).toEqual(['a', 'b']);
  });

  it('is not read beyond a row that nobody writes, and keeps no more of a row than a table has', () => {
    expect(readCsv(`a,b\n1,2\n3,${'x'.repeat(300_000)}\n`).errors).toEqual([{ line: 3, column: '', cause: 'not-csv', detail: 'CSV_MAX_RECORD_SIZE' }]);
    expect(readCsv(`a,b\n${','.repeat(400_000)}\n`).errors).toEqual([{ line: 1, column: '', cause: 'not-csv', detail: 'CSV_TOO_MANY_CELLS' }]);
    const { rows, errors } = readCsv(`a${',b'.repeat(9_000)},"c\nd"\n1,2\n`);
    expect(errors).toEqual([]);
    expect(rows.map(({ line, cells }) => [line, cells.length])).toEqual([[1, 100], [3, 2]]);
  });
});

describe('CSV that is written', () => {
  const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', "'", '\t', 'あ', ' ', '\ufeff') }));
  // A row of blanks alone is no row, and what begins the file with a byte order mark loses it.
  const row = fc.array(cell, { minLength: 1, maxLength: 6 }).filter((cells) => cells.some((text) => text.trim() !== ''));

  it('is read back the same', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const csv = `\ufeff${rows.map(csvLine).join('')}`;
        expect(readCsv(csv).errors).toEqual([]);
        expect(texts(csv).map((cells) => cells.map(unshielded))).toEqual(rows);
      }),
      { numRuns: 2_000 },
    );
  });

  it('begins no cell as a formula begins', () => {
    for (const text of ['=1+1', '＝1', '+1', '-1', '@x', '\tx', '\rx', "'=1"]) {
      expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
      expect(unshielded(`'${text}`)).toBe(text);
    }
    expect(csvLine(["O'Brien", '1-2', "'quoted'"])).toBe("O'Brien,1-2,'quoted'\r\n");
  });

  it('stops reading a file that has too many lines, empty ones included', () => {
    expect(readCsv(`a\n${'\n'.repeat(MOST_RECORDS - 1)}`).errors).toEqual([]);
    const { rows, errors } = readCsv(`a\n${'\n'.repeat(8_000_000)}`);
    expect(rows).toHaveLength(1);
    expect(errors).toEqual([{ line: MOST_RECORDS + 1, column: '', cause: 'too-many-rows', detail: String(MOST_RECORDS) }]);
  });
});
