import * as fc from 'fast-check';
import { CATALOGUE, events } from '../../../broker/audit/catalogue.ts';
import { REDACTED, reduce } from '../../../broker/audit/reduce.ts';

const definitions = Object.values(CATALOGUE);
const system = { kind: 'system' } as const;

it('gives every event a number of its own', () => {
  const codes = definitions.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^SKA-[1-9]\d{3}$/);
});

it('has one constructor for each event of the catalogue', () => {
  expect(Object.keys(events)).toEqual(Object.keys(CATALOGUE));
});

it('has no field for a secret', () => {
  const names = definitions.flatMap(({ fields }) => Object.keys(fields));
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => /password|token|secret|credentials|cookie|^code$/i.test(name))).toEqual([]);
});

it('gives an event its code, its delivery, and its fields apart from its circumstances', () => {
  const event = events.leaseActivated({ actor: system, organisationId: 'o', address: '192.0.2.1', leaseId: 'l', relayId: 'r' });
  expect(event).toEqual({ name: 'leaseActivated', code: 'SKA-4003', delivery: 'enforced', actor: system, organisationId: 'o', address: '192.0.2.1', fields: { leaseId: 'l', relayId: 'r' } });
});

it('keeps of a typed name only how long it was', () => {
  const { fields } = events.signInRefused({ actor: { kind: 'person' }, why: 'unknown-user', count: 1, username: '秘密🎉word' });
  expect(fields).toEqual({ why: 'unknown-user', count: 1, usernameLength: 7 });
});

it('takes a field without a classification for a secret', () => {
  const smuggled = { leaseId: 'l', relayId: 'r', password: 'hunter2' };
  expect(events.leaseConnected({ actor: system, ...smuggled }).fields).toEqual({ leaseId: 'l', relayId: 'r', password: REDACTED });
  expect(reduce({}, { constructor: 'x', toString: 'y' })).toEqual({ constructor: REDACTED, toString: REDACTED });
});

it('keeps no instance of a class, and nothing without end', () => {
  const circle: Record<string, unknown> = {};
  circle['circle'] = circle;
  const { fields } = events.admissionDecided({ actor: system, decision: 'refuse', reasons: [], policyVersion: '1', inputs: { key: Buffer.from('key') as unknown as string, circle: circle as unknown as string, map: new Map([['a', 1]]) as unknown as string } });
  const text = JSON.stringify(fields);
  expect(fields['inputs']).toMatchObject({ key: REDACTED, map: REDACTED });
  expect(text.length).toBeLessThan(500);
});

it('makes harmless text of whatever the remote side sends', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), fc.constantFrom('', '\0', '\ud800', '\udc00\ud800'), (text, hostile) => {
      const { fields } = events.unknownOpcode({ actor: system, leaseId: 'l', opcode: `${hostile}${text}${hostile}` });
      const kept = fields['opcode'] as string;
      expect(kept.isWellFormed()).toBe(true);
      expect(kept).not.toContain('\0');
      expect(kept.length).toBeLessThanOrEqual(1_001);
    }),
  );
});
