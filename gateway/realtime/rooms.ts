import { may, reachOf, type Action, type Change, type SignedIn } from '../../broker/port.ts';
import type { Told, Topic } from './contract.ts';

export type Listening = Pick<SignedIn, 'personId' | 'organisationId' | 'unitId' | 'grants'>;

/** The rooms in which a person may hear of a topic; none where nothing of it may be heard. A room is named after those whose matters are told in it. */
export function roomsOf(person: Listening, topic: Topic): string[] {
  const { personId, organisationId, unitId } = person;
  switch (topic) {
    case 'level':
      return [everybody(topic, organisationId)];
    case 'policy':
      return may(person, 'policy.view') ? [topic] : [];
    case 'entry':
      return [everybody(topic, organisationId), ofUnit(topic, unitId), ...reached(person, topic, 'sessions.view'), ...reached(person, topic, 'entry.release')];
    case 'person':
      return [ofPerson(topic, personId)];
    case 'directory':
      return reachOf(person, 'directory.view') ? [everybody(topic, organisationId), ...reached(person, topic, 'directory.view')] : [];
    case 'desktops':
      return [ofPerson(topic, personId), ofUnit(topic, unitId), ...(may(person, 'desktops.view', { organisationId, unitId: null }) ? [everybody(topic, organisationId)] : [])];
    case 'lease':
      return [ofPerson(topic, personId), ...reached(person, topic, 'sessions.view')];
    case 'waiting':
      return [ofPerson(topic, personId)];
    case 'drill':
      return [everybody(topic, organisationId), ofPerson(topic, personId)];
    case 'board':
      return may(person, 'level.view') ? [everybody(topic, organisationId)] : [];
  }
}

/** What is told of a change, and in which rooms. Where a change does not say whose matter it is, nobody is told. */
export function tellings({ topic, organisationId, unitId, personId, leaseId }: Change): readonly { readonly rooms: readonly string[]; readonly told: Told }[] {
  const organisation = (make: (topic: Topic, id: string) => string, of: Topic) => (organisationId === undefined ? [] : [make(of, organisationId)]);
  const unit = (of: Topic) => (unitId === undefined ? [] : [ofUnit(of, unitId)]);
  const person = (of: Topic) => (personId === undefined ? [] : [ofPerson(of, personId)]);
  const board = { rooms: organisation(everybody, 'board'), told: { topic: 'board' } } as const;
  switch (topic) {
    case 'everything':
      return [];
    case 'level':
      return [{ rooms: organisation(everybody, topic), told: { topic } }, board];
    case 'policy':
      return [{ rooms: [topic], told: { topic } }];
    case 'entry':
      return [{ rooms: unitId === undefined ? organisation(everybody, topic) : [...unit(topic), ...organisation(wholeReach, topic)], told: { topic } }];
    case 'person':
      return [
        { rooms: person(topic), told: { topic } },
        { rooms: [...organisation(wholeReach, 'directory'), ...unit('directory')], told: { topic: 'directory' } },
      ];
    case 'directory':
      return [{ rooms: organisation(everybody, topic), told: { topic } }];
    case 'desktops':
      return [{ rooms: [...organisation(everybody, topic), ...person(topic), ...unit(topic)], told: { topic } }];
    case 'lease':
      return [{ rooms: [...person(topic), ...unit(topic), ...organisation(wholeReach, topic)], told: { topic, ...(leaseId !== undefined && { leaseId }) } }, board];
    case 'waiting':
      return [{ rooms: person(topic), told: { topic } }, board];
    // What one person does in a drill is told to that one and on the boards; that it begins or ends, to everybody.
    case 'drill':
      return [{ rooms: personId === undefined ? organisation(everybody, topic) : person(topic), told: { topic } }, board];
  }
}

function reached(person: Listening, topic: Topic, action: Action): string[] {
  const reach = reachOf(person, action);
  if (reach === undefined) return [];
  return reach.units === 'all' ? [wholeReach(topic, reach.organisationId)] : reach.units.map((unit) => ofUnit(topic, unit));
}

const everybody = (topic: Topic, organisationId: string) => `${topic} of organisation ${organisationId}`;
const wholeReach = (topic: Topic, organisationId: string) => `${topic} of every unit of ${organisationId}`;
const ofUnit = (topic: Topic, unitId: string) => `${topic} of unit ${unitId}`;
const ofPerson = (topic: Topic, personId: string) => `${topic} of person ${personId}`;
