import { accesses, redirected } from './accesses.ts';
import type { ToolCall } from './call.ts';
import { decide } from './decide.ts';
import { readLine } from './execs.ts';
import type { Policies } from './schema.ts';
import { toolAccesses, toolCommands } from './tool-inputs.ts';
import type { World } from './world.ts';

/** What the hook understands of a call, and what it decides. */
export interface Explanation {
  decision: 'none' | 'advise' | 'ask' | 'block';
  /** The strictest rule that matches. */
  rule: string | null;
  reason: string | null;
  /** Every other rule that matches. */
  others: { rule: string; decision: string; reason: string }[];
  /** False after a syntax error. */
  understood: boolean;
  /** Each command position of the line, also inside other commands. */
  commands: ExplainedCommand[];
  /** Files of a tool that is no shell. */
  files: { file: string; how: string }[];
}

interface ExplainedCommand {
  /** As typed; `…` where the value is not in the line. */
  words: string[];
  /** The folder it runs in; null where it is not known. */
  folder: string | null;
  reads: string[];
  writes: string[];
  removes: string[];
  /** The commands that it runs in turn: `sudo`, `xargs`, `sh -c`. */
  runs: string[];
  /** It runs on another machine or in a container. */
  remote: boolean;
}

/** What the hook understands of a call and decides about it. Nothing is run. */
export function explain(call: ToolCall, policies: Policies, world: World): Explanation {
  const { decision, findings } = decide(call, policies, world);
  const [first, ...others] = findings;
  const lines = (toolCommands(call) ?? []).map(({ text }) => readLine(text, world));
  return {
    decision: decision ?? 'none',
    rule: first?.rule ?? null,
    reason: first?.reason ?? null,
    others: others.map(({ rule, decision: other, reason }) => ({ rule, decision: other, reason })),
    understood: lines.every(({ line }) => line.understood),
    commands: lines.flatMap(explainLine),
    files: toolAccesses(call, world).map(({ word, how }) => ({ file: word.raw, how })),
  };
}

function explainLine({ line, execs }: ReturnType<typeof readLine>): ExplainedCommand[] {
  const words = (exec: (typeof execs)[number]): string[] =>
    [exec.word, ...exec.args].map(({ text, raw, shape }) => text ?? shape?.replaceAll('\0', '…') ?? raw);
  return execs.map((exec, index) => {
    const files = [
      ...accesses(exec),
      ...exec.redirections.flatMap((redirection) => redirected(redirection, exec, exec.cwd) ?? []),
    ];
    const those = (...kinds: string[]): string[] =>
      files.filter(({ how }) => kinds.includes(how)).map(({ word }) => word.raw);
    return {
      words: words(exec),
      folder: exec.cwd,
      reads: those('read', 'mention'),
      writes: those('edit'),
      removes: those('remove'),
      runs: execs.flatMap((one) => (one.line === line && one.parent === index ? [words(one).join(' ')] : [])),
      remote: exec.remote,
    };
  });
}
