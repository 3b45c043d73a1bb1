import * as fc from 'fast-check';
import { writeInstruction } from '../../../gateway/relay/wire/instruction.ts';
import { capture } from '../../support/captures/index.ts';
import { fromGuacd } from '../../support/guards.ts';
import { readMessage } from '../../support/relay.ts';

const instructions = (...list: readonly (readonly (string | number)[])[]): string => list.map((elements) => writeInstruction(...elements)).join('');

const ALLOWED: readonly (readonly (string | number)[])[] = [
  ['size', 0, 1024, 768],
  ['size', -1, 64, 64],
  ['move', 1, 0, 10, 10, 0],
  ['shade', 1, 255],
  ['dispose', -1],
  ['set', 0, 'multi-touch', 10],
  ['rect', 0, 0, 0, 1024, 768],
  ['cfill', 14, 0, 0, 0, 0, 255],
  ['copy', 0, 1, 2, 3, 4, 14, 0, 5, 6],
  ['transfer', -1, 0, 0, 8, 8, 3, 0, 0, 0],
  ['cursor', 1, 1, -1, 0, 0, 16, 16],
  ['mouse', 100, 100],
  ['mouse', 100, 100, 1, 123456],
  ['img', 1, 14, 0, 'image/png', 0, 0],
  ['blob', 1, 'iVBORw0KGgo='],
  ['end', 1],
  ['img', 3, 12, -2, 'image/jpeg', -5, 7],
  ['end', 3],
  ['img', 3, 12, 0, 'image/webp', 0, 0],
  ['end', 3],
  ['sync', 123456789],
  ['sync', 123456790, 1],
  ['nop'],
  ['disconnect'],
];

const REFUSED = [
  'clipboard', 'file', 'pipe', 'argv', 'body', 'audio', 'video', 'filesystem', 'undefine', 'nest', 'required', 'msg', 'name', 'log', 'usbconnect', 'usbdata',
  'usbdisconnect', 'args', 'ready', 'ack', 'get', 'put', 'key', 'select', 'png', 'jpeg', 'arc', 'line', 'clip', 'push', 'pop', 'reset', 'transform', 'identity',
];

describe('what guacd draws', () => {
  it('passes byte for byte, as one message a chunk', () => {
    const bytes = instructions(...ALLOWED);
    const outcome = fromGuacd([bytes]);
    expect(outcome.messages).toEqual([bytes]);
    expect(outcome.refused).toEqual({});
  });

  it('is passed without copying where nothing had to be taken out', () => {
    const outcome = fromGuacd([instructions(['nop'], ['name', '関所'], ['nop'])]);
    expect(outcome.messages).toEqual(['3.nop;3.nop;']);
    expect(outcome.refused).toEqual({ 'server:name': { count: 1, bytes: Buffer.byteLength('4.name,2.関所;') } });
  });

  it.each(REFUSED)('never holds `%s`', (opcode) => {
    const outcome = fromGuacd([instructions(['nop'], [opcode, 2, 'text/plain', 'x'], ['nop'])]);
    expect(outcome.toBrowser).toBe('3.nop;3.nop;');
    expect(outcome.refused[`server:${opcode}`]?.count).toBe(1);
    expect(outcome.effects.filter((effect) => effect.startsWith('alarm'))).toEqual([]);
  });

  it.each([
    ['an unknown layer', ['size', 8_192, 10, 10]],
    ['a layer that the gateway keeps for itself', ['rect', 9_000, 0, 0, 10, 10]],
    ['a layer too wide', ['size', 0, 8_193, 10]],
    ['a negative width', ['size', 0, -1, 10]],
    ['a fraction', ['size', 0, '1.5', 10]],
    ['a leading zero', ['size', 0, '010', 10]],
    ['a sign', ['size', 0, '+10', 10]],
    ['a negative zero', ['shade', '-0', 1]],
    ['an argument too few', ['size', 0, 10]],
    ['an argument too many', ['size', 0, 10, 10, 10]],
    ['no argument', ['rect']],
    ['a NUL after a number', ['size', 0, '10\0', 10]],
    ['a full-width digit', ['size', 0, '１０', 10]],
    ['an image type that may hold script', ['img', 1, 14, 0, 'image/svg+xml', 0, 0]],
    ['an image type in capitals', ['img', 1, 14, 0, 'image/PNG', 0, 0]],
    ['a stream index with a sign', ['img', '+1', 14, 0, 'image/png', 0, 0]],
    ['a negative stream index', ['img', -1, 14, 0, 'image/png', 0, 0]],
    ['a stream index beyond guacd', ['img', 1_024, 14, 0, 'image/png', 0, 0]],
    ['an unknown layer property', ['set', 0, 'miter-limit', 1]],
    ['an opacity beyond 255', ['shade', 0, 256]],
    ['an unknown transfer function', ['transfer', 0, 0, 0, 1, 1, 16, 0, 0, 0]],
    ['a coordinate out of the world', ['copy', 0, 1e6, 0, 1, 1, 14, 0, 0, 0]],
    ['a timestamp in words', ['sync', 'now']],
    ['a timestamp too large to be exact', ['sync', '9'.repeat(16)]],
    ['an argument of `nop`', ['nop', 'x']],
  ] as const)('with %s is dropped and counted', (_what, elements) => {
    const outcome = fromGuacd([instructions(elements, ['nop'])]);
    expect(outcome.toBrowser).toBe('3.nop;');
    expect(outcome.refused).toEqual({ [`server:${elements[0]}`]: { count: 1, bytes: Buffer.byteLength(instructions(elements)) } });
    expect(outcome.violation).toBeUndefined();
  });

  it.each([
    ['a NUL inside', 'si\0ze'],
    ['a NUL behind', 'size\0'],
    ['a capital', 'Size'],
    ['a blank', 'size '],
    ['a character that looks like it', 'sizе'],
    ['nothing', ''],
  ])('has no opcode with %s', (_what, opcode) => {
    const outcome = fromGuacd([instructions([opcode, 0, 10, 10])]);
    expect(outcome.toBrowser).toBe('');
    expect(outcome.refused['server:unknown']?.count).toBe(1);
  });

  it('stays within the pixels a browser can hold, all layers together', () => {
    const outcome = fromGuacd([instructions(['size', -1, 100, 100], ['size', -2, 100, 100], ['dispose', -1], ['size', -2, 100, 150], ['size', -3, 10, 10])], { maxTotalPixels: 15_000 });
    expect(outcome.toBrowser).toBe(instructions(['size', -1, 100, 100], ['dispose', -1], ['size', -2, 100, 150]));
    expect(outcome.refused['server:size']?.count).toBe(2);
  });
});

describe('a stream of guacd', () => {
  it('carries blobs only between an allowed opener and its end', () => {
    const outcome = fromGuacd([instructions(['blob', 1, 'AAAA'], ['img', 1, 14, 0, 'image/png', 0, 0], ['blob', 1, 'AAAA'], ['end', 1], ['blob', 1, 'AAAA'], ['end', 1])]);
    expect(outcome.toBrowser).toBe(instructions(['img', 1, 14, 0, 'image/png', 0, 0], ['blob', 1, 'AAAA'], ['end', 1]));
    expect(outcome.refused).toMatchObject({ 'server:blob': { count: 2 }, 'server:end': { count: 1 } });
  });

  it('that was refused has its blobs counted with it', () => {
    const stream = instructions(['clipboard', 2, 'text/plain'], ['blob', 2, 'c2VjcmV0'], ['end', 2]);
    const outcome = fromGuacd([stream + instructions(['blob', 2, 'c2VjcmV0'])]);
    expect(outcome.toBrowser).toBe('');
    expect(outcome.refused).toMatchObject({ 'server:clipboard': { count: 1, bytes: stream.length }, 'server:blob': { count: 1 } });
  });

  it('cannot be opened as an image and then go on as a refused one', () => {
    const outcome = fromGuacd([instructions(['img', 1, 14, 0, 'image/png', 0, 0], ['clipboard', 1, 'text/plain'], ['blob', 1, 'c2VjcmV0'], ['end', 1])]);
    expect(outcome.toBrowser).toBe(instructions(['img', 1, 14, 0, 'image/png', 0, 0], ['end', 1]));
  });

  it('is ended for the browser when another opens on its index', () => {
    const opener = ['img', 1, 14, 0, 'image/png', 0, 0] as const;
    expect(fromGuacd([instructions(opener, opener)]).toBrowser).toBe(instructions(opener, ['end', 1], opener));
  });

  it.each(['file', 'body'])('of kind %s is refused toward guacd on an even index, so that guacd frees it', (opcode) => {
    const at = (index: number) => (opcode === 'body' ? [opcode, 0, index, 'text/plain', 'x'] : [opcode, index, 'text/plain', 'x']);
    expect(fromGuacd([instructions(at(4))]).toGuacd).toBe('3.ack,1.4,9.FORBIDDEN,3.771;');
    expect(fromGuacd([instructions(at(5))]).toGuacd).toBe('');
    expect(fromGuacd([instructions(at(99_998))]).toGuacd).toBe('');
  });

  it('of another kind is not, since guacd has freed it already', () => {
    for (const opcode of ['clipboard', 'pipe', 'argv', 'audio', 'video']) expect(fromGuacd([instructions([opcode, 4, 'text/plain', 'x'])]).toGuacd).toBe('');
  });

  it('owes one acknowledgement for each blob of an image', () => {
    const outcome = fromGuacd([instructions(['img', 1, 14, 0, 'image/png', 0, 0], ['blob', 1, 'AAAA'], ['blob', 1, 'AAAA'], ['end', 1], ['clipboard', 2, 'text/plain'], ['blob', 2, 'AAAA'])]);
    expect([1, 1, 1, 2, 7].map((index) => outcome.settleAcknowledgement(index))).toEqual([true, true, false, false, false]);
  });
});

describe('an error of guacd', () => {
  it('keeps its status and loses its text', () => {
    const outcome = fromGuacd([instructions(['error', '顧客.txt could not be read', 519])]);
    expect(outcome.toBrowser).toBe('5.error,18.UPSTREAM_NOT_FOUND,3.519;');
    expect(outcome.effects).toEqual(['failed 519']);
  });

  it.each([['an unknown status', ['error', 'x', 12_345]], ['no status', ['error', 'x']], ['a status in words', ['error', 'x', 'alert(1)']]])('with %s becomes a server error', (_what, elements) => {
    expect(fromGuacd([instructions(elements)]).toBrowser).toBe('5.error,12.SERVER_ERROR,3.512;');
  });
});

describe('an unknown opcode', () => {
  it('raises one alarm for each, with a harmless name, and no more than the limit', () => {
    const outcome = fromGuacd([instructions(['teleport'], ['teleport'], ['<script>\u0007関'], ['x'.repeat(500)], ['fourth'])], { maxAlarms: 3 });
    expect(outcome.effects).toEqual(['alarm teleport', 'alarm <script>????', `alarm ${'x'.repeat(32)}`]);
    expect(outcome.refused).toMatchObject({ 'server:unknown': { count: 5 } });
  });
});

it('tells that guacd waits for credentials', () => {
  expect(fromGuacd([instructions(['required', 'password'])]).effects).toEqual(['credentials required']);
});

it('knows the last frame that was sent', () => {
  expect(fromGuacd([instructions(['sync', 5], ['sync', 'x'], ['sync', 9])]).lastSync).toBe(9);
  expect(fromGuacd(['3.nop;']).lastSync).toBe(-1);
});

describe('a name that smuggles', () => {
  it.each([
    ['an instruction inside its text', writeInstruction('name', ';9.clipboard,1.0,10.text/plain;')],
    ['an instruction behind astral characters', writeInstruction('name', '😀😀😀;9.clipboard,1.0,10.text/plain;')],
    ['an instruction behind broken UTF-8', Buffer.concat([Buffer.from('4.name,36.'), Buffer.from([0xff, 0xf0, 0x9f]), Buffer.from(';9.clipboard,1.0,10.text/plain;xxxx'), Buffer.from(';3.nop;')])],
  ])('%s lets nothing of it through', (_what, bytes) => {
    const outcome = fromGuacd([bytes]);
    expect(outcome.toBrowser).not.toContain('clipboard');
    expect(outcome.toBrowser.replaceAll('3.nop;', '')).toBe('');
  });

  it('counted in UTF-16 units instead of code points is a violation', () => {
    expect(fromGuacd(['4.name,2.😀;3.nop;']).violation).toBe('terminator-missing');
  });
});

describe.each(['vnc', 'rdp'] as const)('a real stream of %s', (protocol) => {
  const bytes = capture(protocol);
  const whole = fromGuacd([bytes]);

  it('passes but for what it must not carry', () => {
    expect(whole.violation).toBeUndefined();
    expect(whole.pendingBytes).toBe(0);
    const refused = protocol === 'vnc' ? ['server:clipboard'] : ['server:clipboard', 'server:file', 'server:filesystem'];
    expect(Object.keys(whole.refused).sort()).toEqual(refused);
    expect(bytes.includes('clipboard')).toBe(true);
    expect(whole.toBrowser).not.toContain('clipboard');
    const kept = readMessage(bytes.toString('utf8')).length - readMessage(whole.toBrowser).length;
    expect(kept).toBeLessThan(20);
    expect(whole.toBrowser.length).toBeGreaterThan(bytes.length * 0.9);
  });

  it('gives the same fed byte by byte', () => {
    const bytewise = fromGuacd(Array.from(bytes, (_, index) => bytes.subarray(index, index + 1)));
    expect(bytewise.toBrowser).toBe(whole.toBrowser);
    expect(bytewise.refused).toEqual(whole.refused);
    for (const message of bytewise.messages) readMessage(message);
  });

  it('gives the same cut at each offset of its last 20 KB, the clipboard among them', () => {
    const from = bytes.lastIndexOf(';', bytes.length - 20_000) + 1;
    const excerpt = bytes.subarray(from);
    expect(excerpt.length).toBeGreaterThanOrEqual(19_000);
    expect(excerpt.includes('clipboard')).toBe(true);
    const expected = fromGuacd([excerpt]);
    for (let cut = 0; cut <= excerpt.length; cut++) {
      const outcome = fromGuacd([excerpt.subarray(0, cut), excerpt.subarray(cut)]);
      if (outcome.toBrowser !== expected.toBrowser) throw new Error(`A cut at ${cut} changes what passes`);
    }
  });

  it('gives the same once more when what passed is fed again', () => {
    const again = fromGuacd([whole.toBrowser]);
    expect(again.toBrowser).toBe(whole.toBrowser);
    expect(again.refused).toEqual({});
  });
});

describe('whatever guacd sends', () => {
  const argument = fc.oneof(
    fc.integer({ min: -10_000, max: 10_000 }).map(String),
    fc.nat(20).map(String),
    fc.constantFrom('image/png', 'image/svg+xml', 'text/plain', 'multi-touch', '', '-0', '01'),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const opcode = fc.oneof(fc.constantFrom(...new Set(ALLOWED.map(([first]) => String(first))), 'error'), fc.constantFrom(...REFUSED), fc.string({ maxLength: 12 }));
  const stream = fc.array(fc.tuple(opcode, fc.array(argument, { maxLength: 10 })), { maxLength: 40 });
  const allowed = new Set([...ALLOWED.map(([first]) => String(first)), 'error']);

  it('only allowed instructions come out, whole and canonical, and the same however it is split', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(3_000), { maxLength: 10 }), (list, cuts) => {
        const bytes = Buffer.from(list.map(([first, rest]) => writeInstruction(first, ...rest)).join(''));
        const whole = fromGuacd([bytes]);
        const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const split = fromGuacd(places.slice(1).map((place, index) => bytes.subarray(places[index], place)));
        expect(split.toBrowser).toBe(whole.toBrowser);
        expect(split.refused).toEqual(whole.refused);
        for (const message of [...whole.messages, ...split.messages]) {
          for (const elements of readMessage(message)) {
            expect(allowed).toContain(elements[0]);
            expect(writeInstruction(...elements)).toMatch(/^[\x20-\x7e]*$/);
          }
        }
        expect(readMessage(whole.toBrowser).map((elements) => writeInstruction(...elements)).join('')).toBe(whole.toBrowser);
        expect(fromGuacd([whole.toBrowser]).toBrowser).toBe(whole.toBrowser);
      }),
      { numRuns: 500 },
    );
  });

  it('bytes of any kind neither throw nor get through', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 5 }), (chunks) => {
        const outcome = fromGuacd(chunks.map((chunk) => Buffer.from(chunk)));
        for (const [first] of readMessage(outcome.toBrowser)) expect(allowed).toContain(first);
      }),
      { numRuns: 500 },
    );
  });

  it('a real stream with bytes changed at random neither throws nor lets anything else through', () => {
    const bytes = capture('rdp').subarray(-30_000);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), (changes) => {
        const changed = Buffer.from(bytes.subarray(bytes.indexOf(';') + 1));
        for (const [place, value] of changes) changed[Math.min(place, changed.length - 1)] = value;
        const outcome = fromGuacd([changed]);
        for (const message of outcome.messages) for (const [first] of readMessage(message)) expect(allowed).toContain(first);
      }),
    );
  });
});
