import type { PriorityClass, Zone } from '../../broker/port.ts';
import type { Call, Command } from '../command.ts';
import { createFind } from '../find.ts';
import { oneOf, ORGANISATION } from './options.ts';

const CLASSES: readonly PriorityClass[] = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'];
const ZONES: readonly Zone[] = ['internet', 'lgwan', 'my-number'];

/** Duties (業務) and who holds them. */
export const duty: Readonly<Record<string, Command>> = {
  add: {
    usage: 'NAME --class P0|P1|P2|P3|P4|P5|PX --zone internet|lgwan|my-number [--organisation ORGANISATION]',
    summary: { en: 'add a duty', ja: '業務を登録する' },
    options: { ...ORGANISATION, class: { type: 'string' }, zone: { type: 'string' } },
    words: [1, 1],
    async run({ words, values, connection }) {
      const administration = await connection.administration();
      const { id: organisationId } = await createFind(administration, connection.language).organisation(values.text('organisation'));
      const duty = { organisationId, name: words[0] ?? '', class: oneOf(CLASSES, values.text('class'), '--class'), zone: oneOf(ZONES, values.text('zone'), '--zone') };
      return { item: await administration.directory.addDuty(duty) };
    },
  },
  list: {
    usage: '[--organisation ORGANISATION]',
    summary: { en: 'list duties', ja: '業務の一覧' },
    options: ORGANISATION,
    async run({ values, connection }) {
      const administration = await connection.administration();
      const { id: organisationId } = await createFind(administration, connection.language).organisation(values.text('organisation'));
      return { items: await administration.directory.listDuties({ organisationId }) };
    },
  },
  assign: {
    usage: 'DUTY USERNAME',
    summary: { en: 'give a duty to a person', ja: '利用者に業務を割り当てる' },
    words: [2, 2],
    async run(call) {
      const { directory, assignment } = await assignmentOf(call);
      await directory.assignDuty(assignment);
      return { done: true };
    },
  },
  unassign: {
    usage: 'DUTY USERNAME',
    summary: { en: 'take a duty from a person and end the sessions for it', ja: '業務の割り当てを外し、その接続を終える' },
    words: [2, 2],
    async run(call) {
      const { directory, assignment } = await assignmentOf(call);
      await directory.unassignDuty(assignment);
      return { done: true };
    },
  },
};

async function assignmentOf({ words, connection }: Call) {
  const administration = await connection.administration();
  const find = createFind(administration, connection.language);
  const person = await find.person(words[1] ?? '');
  const duty = await find.duty(person.organisationId, words[0] ?? '');
  return { directory: administration.directory, assignment: { personId: person.id, dutyId: duty.id } };
}
