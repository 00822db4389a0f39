import { existsSync, readFileSync } from 'node:fs';
import type { Answer } from './questions.ts';

/**
 * Further questions for the ablation, about every subject that the evidence has: is a tool used, why is it there, what is run
 * with it, what is installed outside the configuration, what fails. Subjects come from the snapshots as data.
 */
export function snapshotQuestions(input: string): Answer[] {
  const read = (name: string) => {
    const file = `${input}/snapshots/${name}.json`;
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  };
  const { commands = [], outcomes = {}, captured } = read('shell-history');
  const { tools = [] } = read('git-history');
  const answers: Answer[] = [];
  for (const { name } of [...commands, ...(captured?.commands ?? [])]) {
    answers.push([[name], ['Usage'], ['times', 'distinct lines', 'uses']]);
    answers.push([[name], ['Workflow'], ['piped', 'paired', 'then', 'before', 'after', 'often']]);
    answers.push([[name], ['frequently use'], ['not in your nix config', 'not declared']]);
  }
  for (const { command } of outcomes.commands ?? []) answers.push([[command], ['failures', 'fails', 'not found']]);
  for (const { name } of tools) {
    answers.push([[name], ['Purpose'], ['added', 'there since']]);
    answers.push([[name], ['replaced', 'was removed', 'commented out']]);
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
