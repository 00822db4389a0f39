import { type AddNested, addCommand, type Context, maxDepth, streams } from './collector.ts';
import { type FishBlock, type FishCommand, type FishJob, parseFish } from './fish-syntax.ts';
import type { FishWord } from './fish-words.ts';
import type { Pipeline, ShellLine } from './line.ts';

/** Adds what a fish script runs; scripts of other shells in it are read by `nested`. Never throws. */
export function addFishScript(source: string, context: Context, out: ShellLine, nested: AddNested): void {
  try {
    const { jobs, problems } = parseFish(source);
    if (problems.length > 0) {
      out.understood = false;
      out.problems.push(...problems.slice(0, 3));
    }
    addJobs(jobs, context, out, nested);
  } catch (error) {
    // Too many words to pass as arguments of a call.
    if (!(error instanceof RangeError)) throw error;
    out.understood = false;
    out.problems.push('too long');
  }
}

function addJobs(jobs: readonly FishJob[], context: Context, out: ShellLine, nested: AddNested): void {
  for (const job of jobs) addJob(job, context, out, nested);
}

function addJob(job: FishJob, context: Context, out: ShellLine, nested: AddNested): void {
  const { stages, connector, background } = job;
  const id = out.pipelines.length;
  const pipeline: Pipeline = {
    stages: stages.map(() => null),
    connector,
    place: context.place,
    background,
    negated: job.negated,
    nested: context.nested,
  };
  out.pipelines.push(pipeline);
  let inner = context;
  if (job.timed) {
    const index = addCommand(
      out,
      {
        words: [{ text: 'time', raw: 'time', quoted: false, pattern: false }],
        assignments: [],
        redirections: [],
        pipeline: id,
        stage: 0,
        stages: 1,
      },
      context,
      nested,
    );
    inner = { ...context, parent: index, wrappers: [...context.wrappers, 'time'] };
  }
  stages.forEach((stage, index) => {
    const at = { pipeline: id, stage: index, stages: stages.length };
    pipeline.stages[index] =
      stage.type === 'command' ? addSimple(stage, at, inner, out, nested) : addBlock(stage, at, inner, out, nested);
  });
}

type At = { pipeline: number; stage: number; stages: number };

function addSimple(command: FishCommand, at: At, context: Context, out: ShellLine, nested: AddNested): number | null {
  let index: number | null = null;
  out.redirections.push(...command.redirections);
  if (command.words.length > 0) {
    index = addCommand(
      out,
      {
        words: command.words.map(({ word }) => word),
        assignments: command.assignments.map(({ name }) => name),
        redirections: command.redirections,
        ...at,
      },
      context,
      nested,
    );
  }
  addSubstitutions(command.words, context, out, nested);
  for (const { word } of command.assignments) addSubstitutions([word], context, out, nested);
  addSubstitutions(command.redirectionWords, context, out, nested);
  return index;
}

function addBlock(block: FishBlock, at: At, context: Context, out: ShellLine, nested: AddNested): null {
  addSubstitutions([...block.words, ...block.redirectionWords], context, out, nested);
  out.redirections.push(...block.redirections);
  const defines = block.defines !== undefined;
  if (block.defines) out.functions.push(block.defines);
  const inner: Context = defines
    ? { ...context, place: 'function', nested: true, stdin: 'inherited', stdout: 'inherited' }
    : { ...context, nested: true, ...streams({ ...at, redirections: block.redirections }, context) };
  for (const list of block.lists) addJobs(list, inner, out, nested);
  return null;
}

function addSubstitutions(words: readonly FishWord[], context: Context, out: ShellLine, nested: AddNested): void {
  for (const { substitutions } of words) {
    for (const source of substitutions) {
      if (context.depth >= maxDepth) {
        out.understood = false;
        out.problems.push('nested too deep');
        return;
      }
      const inner: Context = {
        ...context,
        place: context.place === 'function' ? 'function' : 'substitution',
        nested: true,
        stdout: 'captured',
        depth: context.depth + 1,
      };
      addFishScript(source, inner, out, nested);
    }
  }
}
