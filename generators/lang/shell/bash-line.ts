import {
  type Assignment,
  type Redirection as BashRedirection,
  type Word as BashWord,
  type CommandNode,
  forEachChild,
  type ParsedScript,
  type Pipeline as PipelineSyntax,
  parse,
  type Statement,
  type SyntaxNode,
} from 'unbash';
import { toRedirection, toWord } from './bash-words.ts';
import { type AddNested, addCommand, type Context, maxDepth, streams } from './collector.ts';
import type { Pipeline, Redirection, ShellLine } from './line.ts';

/** Adds what a bash script runs; scripts of other shells in it are read by `nested`. Never throws. */
export function addBashScript(source: string, context: Context, out: ShellLine, nested: AddNested): void {
  try {
    addScript(parse(source), context, out, nested);
  } catch (error) {
    // The parser does not throw, but deep nesting may overflow the stack.
    out.understood = false;
    out.problems.push(error instanceof RangeError ? 'nested too deep' : 'the parser failed');
  }
}

/** Whether bash would run this text, instead of waiting for another line or reporting an error. Never throws. */
export function isCompleteBash(source: string): boolean {
  try {
    return (parse(source).errors ?? []).length === 0;
  } catch {
    return false;
  }
}

function addScript(script: ParsedScript, context: Context, out: ShellLine, nested: AddNested): void {
  if (script.errors !== undefined && script.errors.length > 0) {
    out.understood = false;
    for (const { message } of script.errors.slice(0, 3)) out.problems.push(message);
  }
  addList(script.commands, context, out, nested);
}

function addList(statements: readonly Statement[], context: Context, out: ShellLine, nested: AddNested): void {
  let connector: Pipeline['connector'] = null;
  for (const { command, background = false } of statements) {
    if (command.type === 'AndOr') {
      command.commands.forEach((one, index) => {
        addPipeline(
          one,
          index === 0 ? connector : (command.operators[index - 1] ?? null),
          background,
          context,
          out,
          nested,
        );
      });
    } else {
      addPipeline(command, connector, background, context, out, nested);
    }
    connector = background ? '&' : ';';
  }
}

function addPipeline(
  node: CommandNode | PipelineSyntax,
  connector: Pipeline['connector'],
  background: boolean,
  context: Context,
  out: ShellLine,
  nested: AddNested,
): void {
  const commands = node.type === 'Pipeline' ? node.commands : [node];
  let inner = context;
  if (node.type === 'Pipeline' && node.prefixes.some(({ type }) => type === 'Time')) {
    // The keyword times the whole pipeline: it is listed as a command that runs the pipeline.
    const index = addStandalone('time', connector, context, out, nested);
    inner = { ...context, parent: index, wrappers: [...context.wrappers, 'time'] };
    out.pipelines.pop();
  }
  const id = out.pipelines.length;
  const pipeline: Pipeline = {
    stages: commands.map(() => null),
    connector,
    place: context.place,
    background,
    negated: node.type === 'Pipeline' && node.prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1,
    nested: context.nested,
  };
  out.pipelines.push(pipeline);
  commands.forEach((command, stage) => {
    const at = { pipeline: id, stage, stages: commands.length };
    pipeline.stages[stage] = addNode(command, at, [], inner, out, nested);
  });
}

interface At {
  pipeline: number;
  stage: number;
  stages: number;
}

/** @returns the index of the invocation, null for a compound command */
function addNode(
  node: CommandNode,
  at: At,
  redirections: readonly Redirection[],
  context: Context,
  out: ShellLine,
  nested: AddNested,
): number | null {
  switch (node.type) {
    case 'Command': {
      const words: BashWord[] = node.name === undefined ? [] : [node.name];
      const values: Assignment[] = [];
      for (const arg of node.args) {
        // `export A=$(b)`: the parser returns an assignment; for the command it is a word.
        if (arg.type === 'Word') words.push(arg);
        else {
          words.push({ type: 'Word', text: arg.text, value: arg.text, pos: arg.pos, end: arg.end });
          values.push(arg);
        }
      }
      const assignments = node.prefix.filter((one) => one.type === 'Assignment');
      for (const assignment of [...assignments, ...values]) context.expander?.assign(assignment);
      const own = [...redirections, ...addRedirections(node.redirects, context, out)];
      const plain = (word: BashWord) =>
        values.length > 0 && isAssignmentWord(word, values) ? opaqueWord(word) : toWord(word);
      const variants =
        context.expander === null || values.length > 0 ? [words.map(plain)] : context.expander.command(words);
      let index: number | null = null;
      for (const variant of words.length > 0 ? variants : []) {
        index = addCommand(
          out,
          { words: variant, assignments: assignments.map(({ name }) => name), redirections: own, ...at },
          context,
          nested,
        );
      }
      for (const parts of [words, assignments, values, node.redirects]) {
        for (const part of parts) addSubstitutions(part, context, out, nested);
      }
      return index;
    }
    case 'Redirected': {
      const own = addRedirections(node.redirects, context, out);
      for (const redirect of node.redirects) addSubstitutions(redirect, context, out, nested);
      return addNode(node.command, at, own, context, out, nested);
    }
    case 'Function': {
      const name = toWord(node.name).text;
      if (name !== null) out.functions.push(name);
      const inner: Context = { ...context, place: 'function', nested: true, stdin: 'inherited', stdout: 'inherited' };
      if (node.body.type === 'CompoundList') addList(node.body.commands, inner, out, nested);
      else addNode(node.body, { ...at, stage: 0, stages: 1 }, [], inner, out, nested);
      return null;
    }
    case 'Coproc':
      if (node.body.type === 'CompoundList') addList(node.body.commands, context, out, nested);
      else return addNode(node.body, at, redirections, context, out, nested);
      return null;
    default: {
      if ((node.type === 'For' || node.type === 'Select') && context.expander !== null) {
        context.expander.bind(node.name.value, node.wordlist);
      }
      const inner: Context = { ...context, nested: true, ...streams({ ...at, redirections }, context) };
      addCompound(node, inner, out, nested);
      return null;
    }
  }
}

/** Adds the redirections to those of the line; one with several possible targets is added once for each. */
function addRedirections(redirects: readonly BashRedirection[], context: Context, out: ShellLine): Redirection[] {
  if (redirects.length === 0) return [];
  const found = redirects.flatMap((redirect) => {
    const plain = toRedirection(redirect);
    if (context.expander === null) return [plain];
    if (redirect.type === 'HereDoc') {
      const { target } = plain;
      return [target === null ? plain : { ...plain, target: { ...target, text: target.raw } }];
    }
    if (redirect.target === undefined) return [plain];
    return context.expander.word(redirect.target).map((target) => ({ ...plain, target }));
  });
  out.redirections.push(...found);
  return found;
}

/** Adds what a compound command runs: its lists, and the substitutions in its words. */
function addCompound(node: SyntaxNode, context: Context, out: ShellLine, nested: AddNested): void {
  forEachChild(node, (child) => {
    if (child.type === 'CompoundList') addList(child.commands, context, out, nested);
    else if (child.type === 'Word') addSubstitutions(child, context, out, nested);
    else if (child.type === 'CaseItem' || child.type === 'Elif') addCompound(child, context, out, nested);
    else addSubstitutions(child, context, out, nested);
  });
}

/** Commands in `$(…)`, backticks and `<(…)` anywhere below a word, an assignment or a redirection. */
function addSubstitutions(
  node: SyntaxNode | BashRedirection,
  context: Context,
  out: ShellLine,
  nested: AddNested,
): void {
  if (node.type === 'Word' && (!/[$`(]/.test(node.text) || node.parts === undefined)) return;
  forEachChild(node, (child) => {
    if (child.type !== 'Script') {
      addSubstitutions(child, context, out, nested);
      return;
    }
    if (context.depth >= maxDepth) {
      out.understood = false;
      out.problems.push('nested too deep');
      return;
    }
    const reads = node.type === 'ProcessSubstitution' && node.operator === '>';
    addScript(
      child,
      {
        ...context,
        place: context.place === 'function' ? 'function' : 'substitution',
        nested: true,
        stdin: reads ? 'pipe' : context.stdin,
        stdout: reads ? context.stdout : 'captured',
        depth: context.depth + 1,
      },
      out,
      nested,
    );
  });
}

function addStandalone(
  name: string,
  connector: Pipeline['connector'],
  context: Context,
  out: ShellLine,
  nested: AddNested,
): number {
  const pipeline = out.pipelines.length;
  out.pipelines.push({
    stages: [null],
    connector,
    place: context.place,
    background: false,
    negated: false,
    nested: context.nested,
  });
  const words = [{ text: name, raw: name, quoted: false, pattern: false }];
  return addCommand(out, { words, assignments: [], redirections: [], pipeline, stage: 0, stages: 1 }, context, nested);
}

function isAssignmentWord(word: BashWord, values: readonly Assignment[]): boolean {
  return values.some(({ pos }) => pos === word.pos);
}

/** `export TOKEN=…`: the value is private and is not analysed. */
function opaqueWord(word: BashWord): { text: string | null; raw: string; quoted: boolean; pattern: boolean } {
  return {
    text: /[$`]/.test(word.text) ? null : word.text,
    raw: word.text,
    quoted: /['"\\]/.test(word.text),
    pattern: false,
  };
}
