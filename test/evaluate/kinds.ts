import { existsSync, readFileSync } from 'node:fs';
import type { Answer } from './questions.ts';

/**
 * Further questions for the ablation, about every subject that the snapshots have: is a tool used, why is it there, what
 * is run with it, what is installed outside the configuration, what fails; which tools projects of a type use, which MCP
 * server is used, what a habit could be replaced with. Subjects come from the snapshots as data.
 */
export function snapshotQuestions(input: string): Answer[] {
  const read = (name: string) => {
    const file = `${input}/snapshots/${name}.json`;
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  };
  const { commands = [], outcomes = {}, captured, habits = [] } = read('shell-history');
  const { tools = [] } = read('git-history');
  const { projects = [] } = read('projects');
  const { programs = [], packages = [] } = read('machine');
  const { servers = [] } = read('agent-sessions');
  const answers: Answer[] = [];
  for (const { name } of [...commands, ...(captured?.commands ?? [])]) {
    answers.push([[name], ['Usage'], ['times', 'distinct lines', 'uses']]);
    answers.push([[name], ['Workflow'], ['piped', 'paired', 'then', 'before', 'after', 'often']]);
    answers.push([[name], ['frequently use'], ['not in your nix config', 'not declared']]);
  }
  for (const { command } of outcomes.commands ?? []) answers.push([[command], ['failures', 'fails', 'not found']]);
  for (const { name } of tools) {
    answers.push([[name], ['Purpose', 'You installed'], ['added', 'there since', 'The commit says']]);
    answers.push([[name], ['replaced', 'was removed', 'commented out']]);
  }
  for (const { habit } of habits) {
    // `cat FILE | grep PATTERN` may be written with other words for its arguments, or without them.
    const words = habit.split(/ (?:[A-Z]+)\b ?/)[0];
    answers.push([[words], ['Instead of', 'Consider']]);
  }
  for (const type of new Set<string>(projects.flatMap(({ types }: { types: string[] }) => types)))
    answers.push([[type], ['projects'], ['you use']]);
  for (const { name } of programs) answers.push([[name], ['hides', 'not in your configuration']]);
  for (const { installer } of packages) answers.push([[installer], ['installed outside Nix', 'installed with']]);
  for (const { server } of servers) {
    answers.push([[server], ['more than', 'never called']]);
    answers.push([[server], ['fails often']]);
  }
  return answers;
}

/** Questions without a subject. */
export const generalQuestions: readonly Answer[] = [
  // Which aliases hide a command?
  [['Aliases that hide']],
  // Which commands of dependencies are not on PATH?
  ...['binutils', 'typescript', 'unzip', 'gcc', 'python3'].map((name) => [[name], ['do not rely on it']]),
  // Where do I enable a service?
  [['enabled in'], ['.nix']],
  // Where do I add a language server?
  [['Language servers'], ['.nix']],
  // May I edit a link into the store?
  [['/nix/store'], ['read-only']],
  // Which agents are configured?
  [['agents configured']],
  // What is not known?
  [['Not known here']],
  // Does a program run that was not built for Nix?
  [['nix-ld'], ['not built for Nix']],
  // What is never used, and what belongs together?
  [['installed but never typed']],
  [['You often run']],
  // Is the configuration stable?
  [['Your config']],
  // May I edit this file?
  [['changes to this file are lost']],
  // Does an enabled service run?
  [['systemctl status']],
];
