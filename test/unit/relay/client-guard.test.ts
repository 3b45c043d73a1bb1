import * as fc from 'fast-check';
import { writeInstruction } from '../../../gateway/relay/wire/instruction.ts';
import { fromBrowser } from '../../support/guards.ts';
import { readMessage } from '../../support/relay.ts';

const say = (...elements: readonly (string | number)[]): string => writeInstruction(...elements);

describe('input of the browser', () => {
  it.each([
    ['key', 0xff0d, 1],
    ['key', 0x10_08_ff_13, 0],
    ['mouse', 0, 32_767, 31],
    ['sync', 1_000],
    ['sync', 0],
    ['nop'],
  ])('%s %s %s passes', (...elements) => {
    const given = elements.filter((element) => element !== undefined);
    expect(fromBrowser([say(...given)])).toMatchObject({ toGuacd: say(...given), toBrowser: '', left: false, refused: {} });
  });

  it('is brought into the window where a drag has left it', () => {
    expect(fromBrowser([say('mouse', -5, -300, 1)]).toGuacd).toBe('5.mouse,1.0,1.0,1.1;');
  });

  it.each([
    ['key', 'without a state', ['key', 65]],
    ['key', 'with a state of 2', ['key', 65, 2]],
    ['key', 'with one argument too many', ['key', 65, 1, 1]],
    ['key', 'of no keysym', ['key', 0, 1]],
    ['key', 'of a negative keysym', ['key', -1, 1]],
    ['key', 'beyond 29 bits', ['key', 0x20_00_00_00, 1]],
    ['key', 'in a fraction', ['key', '65.0', 1]],
    ['key', 'with a leading zero', ['key', '065', 1]],
    ['key', 'in full-width digits', ['key', '６５', 1]],
    ['key', 'with a NUL', ['key', '65\0', 1]],
    ['mouse', 'with no button mask', ['mouse', 1, 1]],
    ['mouse', 'with a sixth button', ['mouse', 1, 1, 32]],
    ['mouse', 'out of the world', ['mouse', 32_768, 1, 0]],
    ['sync', 'later than the last frame that was sent', ['sync', 1_001]],
    ['sync', 'of no number', ['sync', 'NaN']],
    ['sync', 'with one argument too many', ['sync', 1, 1]],
    ['nop', 'with an argument', ['nop', 1]],
    ['disconnect', 'with an argument', ['disconnect', 1]],
    ['size', 'of nothing', ['size', 0, 0]],
    ['size', 'below the least', ['size', 15, 100]],
    ['size', 'beyond the most', ['size', 8_193, 100]],
    ['size', 'with a dpi of 0, which kills guacd’s child', ['size', 100, 100, 0]],
    ['size', 'with a dpi of 23', ['size', 100, 100, 23]],
    ['size', 'with four arguments', ['size', 100, 100, 96, 1]],
    ['touch', 'where it was not negotiated', ['touch', 0, 1, 1, 1, 1, 0, 1]],
  ])('`%s` %s is dropped and counted', (opcode, _what, elements) => {
    const message = say(...(elements));
    const outcome = fromBrowser([message]);
    expect(outcome).toMatchObject({ toGuacd: '', toBrowser: '', resize: '', left: false });
    expect(outcome.refused).toEqual({ [`client:${opcode}`]: { count: 1, bytes: Buffer.byteLength(message) } });
    expect(outcome.violation).toBeUndefined();
  });

  it('confirms no frame before the first was sent', () => {
    expect(fromBrowser([say('sync', 0)], { lastSync: -1 }).toGuacd).toBe('');
  });

  it('holds touch where it was negotiated, with short fractions', () => {
    expect(fromBrowser([say('touch', 1, 10, -1, 5, 5, 0, '0.33333333333333')], { touch: true }).toGuacd).toBe(say('touch', 1, 10, 0, 5, 5, 0, 0.333));
    expect(fromBrowser([say('touch', 1, 10, 10, 5, 5, 361, 1)], { touch: true }).toGuacd).toBe('');
    expect(fromBrowser([say('touch', 1, 10, 10, 5, 5, '1e2', 1)], { touch: true }).toGuacd).toBe('');
  });

  it('gives the size it wants, without the dpi, the last of several', () => {
    expect(fromBrowser([say('size', 800, 600)])).toMatchObject({ resize: say('size', 800, 600), toGuacd: '' });
    expect(fromBrowser([say('size', 800, 600, 96) + say('size', 801, 600, 24)]).resize).toBe(say('size', 801, 600));
  });

  it('counts as somebody at work when it is a key or the pointer, not when the page answers by itself or is refused', () => {
    expect(fromBrowser([say('key', 65, 1)]).input).toBe(true);
    expect(fromBrowser([say('mouse', 1, 2, 0)]).input).toBe(true);
    expect(fromBrowser([say('nop') + say('size', 1024, 768) + say('clipboard', 1, 'text/plain') + say('key', -1, 1)]).input).toBe(false);
  });

  it('ends with `disconnect`, whatever follows', () => {
    expect(fromBrowser([say('key', 65, 1) + say('disconnect') + say('key', 66, 1)])).toMatchObject({ left: true, toGuacd: say('key', 65, 1) });
  });

  it('leaves no key and no button held', () => {
    const messages = [say('key', 0xffe3, 1), say('key', 97, 1), say('key', 97, 0), say('mouse', 7, 8, 1)];
    expect(fromBrowser(messages).release).toBe(say('key', 0xffe3, 0) + say('mouse', 7, 8, 0));
    expect(fromBrowser([say('mouse', 7, 8, 1), say('mouse', 9, 9, 0)]).release).toBe('');
  });

  it('cannot hold down more keys than will be let go', () => {
    const keys = Array.from({ length: 5 }, (_, index) => say('key', 100 + index, 1));
    const outcome = fromBrowser([...keys, keys[0]!], { limits: { maxHeldKeys: 3 } });
    expect(readMessage(outcome.toGuacd)).toHaveLength(4);
    expect(readMessage(outcome.release)).toHaveLength(3);
    expect(outcome.refused['client:key']?.count).toBe(2);
  });
});

describe('a ping of the browser', () => {
  it('is answered here, word for word', () => {
    expect(fromBrowser(['0.,4.ping,13.1700000000000;'])).toMatchObject({ toGuacd: '', toBrowser: '0.,4.ping,13.1700000000000;', refused: {} });
  });

  it.each([['0.,4.ping,3.now;'], ['0.,4.ping;'], ['0.;'], ['0.,4.pong,1.1;'], ['0.,4.ping,2.-1;']])('%s is none', (message) => {
    expect(fromBrowser([message])).toMatchObject({ toGuacd: '', toBrowser: '', refused: { 'client:internal': { count: 1 } } });
  });
});

describe('a stream of the browser', () => {
  it.each([
    ['clipboard', ['clipboard', 3, 'text/plain']],
    ['file', ['file', 3, 'text/plain', '顧客.txt']],
    ['pipe', ['pipe', 3, 'text/plain', 'x']],
    ['argv', ['argv', 3, 'text/plain', 'password']],
    ['put', ['put', 0, 3, 'text/plain', '/顧客.txt']],
    ['audio', ['audio', 3, 'audio/L16;rate=44100,channels=2']],
  ])('of kind %s is answered 771, its blobs are counted with it, and guacd hears nothing', (opcode, elements) => {
    const messages = [say(...elements), say('blob', 3, 'c2VjcmV0'), say('end', 3)];
    const outcome = fromBrowser(messages);
    expect(outcome).toMatchObject({ toGuacd: '', toBrowser: '3.ack,1.3,9.FORBIDDEN,3.771;' });
    expect(outcome.violation).toBeUndefined();
    expect(outcome.refused).toEqual({ [`client:${opcode}`]: { count: 1, bytes: Buffer.byteLength(messages.join('')) } });
  });

  it('with a name of astral characters is refused in either way of counting', () => {
    for (const message of ['4.file,1.3,10.text/plain,2.😀;', '4.file,1.3,10.text/plain,1.😀;']) {
      expect(fromBrowser([message])).toMatchObject({ toBrowser: '3.ack,1.3,9.FORBIDDEN,3.771;' });
      expect(fromBrowser([message]).violation).toBeUndefined();
    }
  });

  it.each(['+3', '-3', '03', '3.0', '', 'x', '99999'])('with an index of %j is refused without an answer', (index) => {
    expect(fromBrowser([say('clipboard', index, 'text/plain')])).toMatchObject({ toGuacd: '', toBrowser: '', refused: { 'client:clipboard': { count: 1 } } });
  });

  it('that was never opened is dropped and counted', () => {
    expect(fromBrowser([say('blob', 3, 'AAAA'), say('end', 3)])).toMatchObject({ toGuacd: '', toBrowser: '', refused: { 'client:blob': { count: 1 }, 'client:end': { count: 1 } } });
  });

  it.each([['get', ['get', 0, '/']], ['ack', ['ack', 3, 'OK', 0]], ['unknown', ['teleport', 1]], ['usbdata', ['usbdata', 1]], ['select', ['select', '$id']], ['connect', ['connect', 'x']]])('%s is dropped and counted', (kind, elements) => {
    expect(fromBrowser([say(...elements)])).toMatchObject({ toGuacd: '', toBrowser: '', refused: { [`client:${kind}`]: { count: 1 } } });
  });

  it('acknowledges images for nothing, as every browser does; more than it was sent is counted', () => {
    const outcome = fromBrowser([say('ack', 1, 'OK', 0), say('ack', 1, 'OK', 0), say('ack', 1, 'OK', 0)], { blobsSent: { 1: 2 } });
    expect(outcome).toMatchObject({ toGuacd: '', toBrowser: '', refused: { 'client:ack': { count: 1 } } });
  });
});

describe('whatever the browser sends', () => {
  const INPUT = ['key', 'mouse', 'size', 'sync', 'nop', 'disconnect', 'touch'];
  const argument = fc.oneof(fc.integer({ min: -40_000, max: 40_000 }).map(String), fc.nat(40).map(String), fc.constantFrom('01', '-0', '+1', '1.5', '', 'x'), fc.string({ unit: 'binary', maxLength: 8 }));
  const opcode = fc.oneof(fc.constantFrom(...INPUT), fc.constantFrom('clipboard', 'file', 'put', 'ack', 'blob', 'end', 'get', ''), fc.string({ maxLength: 8 }));
  const message = fc.array(fc.tuple(opcode, fc.array(argument, { maxLength: 8 })), { minLength: 1, maxLength: 10 }).map((list) => list.map(([first, rest]) => say(first, ...rest)).join(''));

  it('only canonical input reaches guacd, and the same once more', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), (messages) => {
        const outcome = fromBrowser(messages, { touch: true });
        const forGuacd = outcome.toGuacd + outcome.resize;
        for (const [first, ...rest] of readMessage(forGuacd)) {
          expect(INPUT).toContain(first);
          for (const value of rest) expect(value).toMatch(/^(?:0|[1-9][0-9]*)(?:\.[0-9]{1,3})?$/);
        }
        expect(readMessage(forGuacd).map((elements) => say(...elements)).join('')).toBe(forGuacd);
        for (const [first] of readMessage(outcome.toBrowser)) expect(['', 'ack']).toContain(first);
        if (forGuacd === '') return;
        const again = fromBrowser([forGuacd], { touch: true });
        expect(again.toGuacd + again.resize).toBe(forGuacd);
        expect(again.refused).toEqual({});
      }),
      { numRuns: 500 },
    );
  });

  it('text of any kind neither throws nor reaches guacd', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { toGuacd } = fromBrowser([text]);
        for (const [first] of readMessage(toGuacd)) expect(INPUT).toContain(first);
      }),
      { numRuns: 500 },
    );
  });
});
