import type { Analysis, Contribution, Evidence } from '../evidence/frame.ts';
import type { Manifest } from '../evidence/manifest.ts';
import { analyses } from './questions.ts';

/** What every analysis gave, in their order. */
export interface Answers {
  /** file -> output */
  outputs: Map<string, unknown>;
  contributions: { file: string; contribution: Contribution }[];
  documents: Map<string, string>;
  account: Manifest['analyses'];
}

/**
 * Asks every question for which there is evidence. An analysis that fails is left out and accounted for:
 * a defect of ours must not stop anybody's rebuild.
 */
export function runAnalyses(evidence: Evidence, list: readonly Analysis[] = analyses): Answers {
  const answers: Answers = { outputs: new Map(), contributions: [], documents: new Map(), account: [] };
  for (const analysis of list) {
    const { file, title } = analysis;
    const absent = analysis.needs.filter((need) => !isThere(evidence, need));
    if (absent.length > 0) {
      answers.account.push({ file, title, status: 'no evidence', because: `no ${absent.map(inputFile).join(', ')}` });
      continue;
    }
    try {
      const output = analysis.analyze(evidence, answers.outputs);
      const contribution = analysis.present(output, evidence);
      const documents = analysis.documents?.(output, evidence) ?? {};
      answers.outputs.set(file, output);
      answers.contributions.push({ file, contribution });
      for (const [path, text] of Object.entries(documents)) answers.documents.set(path, text);
      answers.account.push({ file, title, status: 'written', because: null });
    } catch (error) {
      // The message only: a stack holds paths of the machine that builds.
      answers.account.push({ file, title, status: 'failed', because: (error as Error).message });
    }
  }
  return answers;
}

function isThere(evidence: Evidence, need: Analysis['needs'][number]): boolean {
  if (need === 'closure' || need === 'commands') return evidence[need] !== undefined;
  const [folder, name] = need.split('/') as ['inputs' | 'snapshots', string];
  return (evidence[folder] as Record<string, unknown>)[name] !== undefined;
}

function inputFile(need: Analysis['needs'][number]): string {
  return `${need.replace(/^inputs\//, '')}.json`;
}
