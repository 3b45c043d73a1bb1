import { createTasks } from '../../../broker/tasks.ts';

describe('the tasks of a broker', () => {
  it('go on in the next round when one hangs, and tell it', async () => {
    const rounds: number[] = [];
    const told: string[] = [];
    const hung = { name: 'hung', everySeconds: 0.01, run: () => new Promise<void>(() => void rounds.push(1)) };
    const tasks = createTasks({ tasks: [hung], log: { info: () => undefined, warn: () => undefined, error: (message) => void told.push(message) }, deadlineSeconds: 0.05 });
    tasks.start();
    while (rounds.length < 3) await new Promise((later) => setTimeout(later, 10));
    await tasks.stop();
    expect(told.length).toBeGreaterThanOrEqual(2);
  });
});
