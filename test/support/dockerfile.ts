/** One instruction of a Dockerfile, its continued lines joined. */
export type Instruction = { readonly word: string; readonly flags: Readonly<Record<string, string>>; readonly rest: string };

export type Stage = { readonly name: string; readonly base: string; readonly instructions: readonly Instruction[] };

const KNOWN = new Set(['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'EXPOSE', 'HEALTHCHECK', 'CMD']);

/**
 * Reads the part of the Dockerfile language that this project uses (docs.docker.com, "Dockerfile reference").
 *
 * @throws Error on any instruction outside of it, so that nothing is passed over in silence.
 */
export function parseDockerfile(text: string): readonly Stage[] {
  const stages: { name: string; base: string; instructions: Instruction[] }[] = [];
  for (const line of logicalLines(text)) {
    const instruction = parseInstruction(line);
    if (instruction.word === 'FROM') {
      const [base, as, name] = instruction.rest.split(/\s+/);
      if (!base || as?.toUpperCase() !== 'AS' || !name) throw new Error(`A stage without a name: ${line}`);
      stages.push({ name, base, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (!stage) throw new Error(`Before any FROM: ${line}`);
      stage.instructions.push(instruction);
    }
  }
  return stages;
}

/** The words of an exec form such as `["node", "gateway/main.ts"]`. */
export function execForm(text: string): readonly [string, ...string[]] {
  const words: unknown = JSON.parse(text);
  const [program, ...args] = Array.isArray(words) ? words : [];
  if (typeof program !== 'string' || !args.every((word) => typeof word === 'string')) throw new Error(`Not an exec form: ${text}`);
  return [program, ...args];
}

function logicalLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function parseInstruction(line: string): Instruction {
  const word = line.split(/\s+/, 1)[0]!.toUpperCase();
  if (!KNOWN.has(word)) throw new Error(`The replay does not know ${word}: ${line}`);
  const flags: Record<string, string> = {};
  let rest = line.slice(word.length).trim();
  for (let flag = /^--([a-z-]+)=(\S+)\s*/.exec(rest); flag; flag = /^--([a-z-]+)=(\S+)\s*/.exec(rest)) {
    flags[flag[1]!] = flag[2]!;
    rest = rest.slice(flag[0].length);
  }
  return { word, flags, rest };
}
