import type { PriorityClass, Zone } from '../../broker/port.ts';
import type { Call, Command } from '../command.ts';
import { UsageError } from '../errors.ts';
import { createFind } from '../find.ts';
import { oneOf, ORGANISATION } from './options.ts';

const CLASSES: readonly PriorityClass[] = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'];
const ZONES: readonly Zone[] = ['internet', 'lgwan', 'my-number'];

/** Duties (業務) and who holds them. */
export const duty: Readonly<Record<string, Command>> = {
  add: {
    usage: 'NAME --class P0|P1|P2|P3|P4|P5|PX --zone internet|lgwan|my-number [--target SECONDS] [--organisation ORGANISATION]',
    summary: { en: 'add a duty; --target is the time in which it must be possible again', ja: '業務を登録する（--target は目標復旧時間、秒）' },
    options: { ...ORGANISATION, class: { type: 'string' }, zone: { type: 'string' }, target: { type: 'string' } },
    words: [1, 1],
    async run({ words, values, connection }) {
      const administration = await connection.administration();
      const { id: organisationId } = await createFind(administration, connection.language).organisation(values.text('organisation'));
      const duty = { organisationId, name: words[0] ?? '', class: oneOf(CLASSES, values.text('class'), '--class'), zone: oneOf(ZONES, values.text('zone'), '--zone') };
      const target = values.text('target');
      return { item: await administration.directory.addDuty({ ...duty, ...(target !== undefined && { targetSeconds: targetOf(target) }) }) };
    },
  },
  change: {
    usage: 'DUTY [--name NAME] [--class CLASS] [--zone ZONE] [--target SECONDS|class] [--organisation ORGANISATION]',
    summary: { en: 'change a duty; open sessions follow. --target class: the target time of its class', ja: '業務を変える（接続中にも反映。--target class は区分の目標時間）' },
    options: { ...ORGANISATION, name: { type: 'string' }, class: { type: 'string' }, zone: { type: 'string' }, target: { type: 'string' } },
    words: [1, 1],
    async run(call) {
      const { values } = call;
      const { directory, organisationId, dutyId } = await dutyOf(call);
      const [name, priorityClass, zone, target] = [values.text('name'), values.text('class'), values.text('zone'), values.text('target')];
      const changes = {
        ...(name !== undefined && { name }),
        ...(priorityClass !== undefined && { class: oneOf(CLASSES, priorityClass, '--class') }),
        ...(zone !== undefined && { zone: oneOf(ZONES, zone, '--zone') }),
        ...(target !== undefined && { targetSeconds: target === 'class' ? null : targetOf(target) }),
      };
      if (Object.keys(changes).length === 0) throw new UsageError('--name | --class | --zone | --target');
      await directory.changeDuty({ organisationId, dutyId, ...changes });
      return { done: true };
    },
  },
  retire: {
    usage: 'DUTY [--organisation ORGANISATION]',
    summary: { en: 'take a duty from everybody and end the sessions for it', ja: '業務を廃止し、全員の割り当てとその接続を終える' },
    options: ORGANISATION,
    words: [1, 1],
    async run(call) {
      const { directory, organisationId, dutyId } = await dutyOf(call);
      await directory.retireDuty({ organisationId, dutyId });
      return { done: true };
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

async function dutyOf({ words, values, connection }: Call) {
  const administration = await connection.administration();
  const find = createFind(administration, connection.language);
  const { id: organisationId } = await find.organisation(values.text('organisation'));
  const { id: dutyId } = await find.duty(organisationId, words[0] ?? '');
  return { directory: administration.directory, organisationId, dutyId };
}

function targetOf(text: string): number {
  if (!/^\d{1,8}$/.test(text)) throw new UsageError('--target');
  return Number(text);
}
