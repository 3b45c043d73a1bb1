import type { Log } from './environment.ts';

export type Task = { readonly name: string; readonly everySeconds: number; readonly run: () => Promise<void> | void };

/**
 * Does each task again and again, a pause after its end. One that fails, or is not done by its deadline, is told and
 * tried again; none holds up another.
 */
export type Tasks = {
  start(): void;
  /** Resolves when none runs any more. */
  stop(): Promise<void>;
};

/** @param deadlineSeconds after which a task counts as hung and its next round begins; 30 unless said otherwise */
export function createTasks({ tasks, log, deadlineSeconds = 30 }: { tasks: readonly Task[]; log: Log; deadlineSeconds?: number }): Tasks {
  const timers = new Map<Task, NodeJS.Timeout>();
  const running = new Map<Task, Promise<void>>();
  let stopped = false;

  const once = async (task: Task) => {
    try {
      await inTime(task, deadlineSeconds);
    } catch (error) {
      log.error('a task failed and will be tried again', { task: task.name, error });
    }
    next(task);
  };
  const next = (task: Task) => {
    if (stopped) return;
    timers.set(task, setTimeout(() => running.set(task, once(task)), task.everySeconds * 1000));
  };
  return {
    start() {
      for (const task of tasks) next(task);
    },
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}

async function inTime(task: Task, deadlineSeconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('not done by its deadline')), deadlineSeconds * 1000);
  });
  try {
    await Promise.race([task.run(), late]);
  } finally {
    clearTimeout(timer);
  }
}
