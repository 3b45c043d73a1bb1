import type { StoredRecord } from './record.ts';

/**
 * Cuts a row of records into runs of one lane. A run ends where the lane changes; what its reader left of it is skipped
 * when the next one is asked for.
 */
export async function* byLane(records: AsyncIterable<StoredRecord>): AsyncGenerator<{ lane: number; records: AsyncGenerator<StoredRecord> }> {
  const iterator = records[Symbol.asyncIterator]();
  let step = await iterator.next();
  while (step.done !== true) {
    const { lane } = step.value;
    const run = async function* (): AsyncGenerator<StoredRecord> {
      while (step.done !== true && step.value.lane === lane) {
        const record = step.value;
        step = await iterator.next();
        yield record;
      }
    };
    const ofLane = run();
    yield { lane, records: ofLane };
    for await (const _ of ofLane);
  }
}
