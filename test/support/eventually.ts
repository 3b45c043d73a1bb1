/** Repeats a check until it holds; throws its last failure after `limit` ms. */
export async function eventually<T>(check: () => T | Promise<T>, limit = 10_000): Promise<T> {
  const deadline = performance.now() + limit;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
