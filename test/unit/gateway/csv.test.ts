import * as fc from 'fast-check';
import { csvAnswer, csvLine, japanTime, type Cell } from '../../../gateway/http/csv.ts';

async function* rowsOf(...rows: (readonly Cell[])[]): AsyncGenerator<readonly Cell[]> {
  yield* rows;
}

async function read(pieces: AsyncIterable<string> | undefined): Promise<string[]> {
  const read: string[] = [];
  for await (const piece of pieces!) read.push(piece);
  return read;
}

describe('a line', () => {
  it.each([
    [['a', 'b'], 'a,b\r\n'],
    [['a,b', 'c"d', 'e\nf', 'g\r\nh'], '"a,b","c""d","e\nf","g\r\nh"\r\n'],
    [[undefined, null, '', 0, -5], ',,,0,-5\r\n'],
    [['=1+1', '＝1', '+1', '-1', '@x', '\tx', '\rx', ' =1', 'a=1', '\'=1'], '\'=1+1,\'＝1,\'+1,\'-1,\'@x,\'\tx,"\'\rx", =1,a=1,\'\'=1\r\n'],
    [[new Date('2026-11-24T04:05:09.999Z'), new Date('2026-12-31T15:00:00Z')], '2026-11-24 13:05:09,2027-01-01 00:00:00\r\n'],
  ] as const)('of %j is %j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });

  it('is read back as it was, by the rules of RFC 4180', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const shown = cells.map((cell) => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
        expect(parse(csvLine(cells))).toEqual(shown);
      }),
    );
  });
});

describe('a file', () => {
  it('begins with a byte order mark and is a download', async () => {
    const { status, pieces, headers } = await csvAnswer('list.csv', rowsOf(['列'], ['値']));
    expect([status, headers]).toEqual([200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="list.csv"' }]);
    expect((await read(pieces)).join('')).toBe('\ufeff列\r\n値\r\n');
  });

  it('is never held whole', async () => {
    let given = 0;
    const endless = (async function* () {
      for (;;) yield [String((given += 1)).padStart(100)];
    })();
    const { pieces } = await csvAnswer('list.csv', endless);
    for await (const piece of pieces!) {
      expect(piece.length).toBeLessThan(40_000);
      break;
    }
    expect(given).toBeLessThan(1_000);
    // Whoever stops reading stops the source.
    expect((await endless.next()).done).toBe(true);
  });

  it('that fails before its first row fails as a call, so that it becomes a problem', async () => {
    const failing = (async function* (): AsyncGenerator<readonly Cell[]> {
      yield await Promise.reject<readonly Cell[]>(new Error('no right'));
    })();
    await expect(csvAnswer('list.csv', failing)).rejects.toThrow('no right');
  });
});

it('shows an instant as a clock in Japan does', () => {
  expect(japanTime(new Date('2026-02-28T15:00:00.000Z'))).toBe('2026-03-01 00:00:00');
});

/** One record of RFC 4180. */
function parse(line: string): string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const [whole, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/s.exec(rest)!;
    cells.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (rest === '\r\n') return cells;
    expect(rest[0]).toBe(',');
    rest = rest.slice(1);
  }
}
