import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEvidence } from '../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { plant } from '../tree.ts';
import { readEvaluatedHost } from './evaluated-host.ts';
import { hosts } from './hosts.ts';
import { type Judged, judge, judgeFile } from './judge.ts';
import { type Question, questionsOf } from './questions.ts';

export interface HostAnswers {
  host: string;
  context: string;
  questions: Question[];
  judged: Judged[];
  /** Questions that other texts answer alone: nothing, a list of packages, the file of the previous version. */
  others: { name: string; text: string; answered: number; wrong: number }[];
}

const previous = fileURLToPath(new URL('previous/', import.meta.url));

/** Asks the fifty questions about one host. `input`: its evidence folder. */
export function answersOf(host: string, input: string, previousContext = readPrevious(host)): HostAnswers {
  const hand = hosts[host];
  if (hand === undefined) throw new Error(`no answers are written for ${host}`);
  const evaluated = readEvaluatedHost(input);
  const questions = questionsOf(evaluated, hand);
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
  try {
    const read = readEvidence(input);
    const { files } = buildOutput({ ...read, settings: { ...read.settings, report: false } });
    plant(folder, Object.fromEntries(files));
    const context = files.get('CLAUDE.md') as string;
    const list = evaluated.packages
      .filter(({ base }) => !base)
      .map(({ name, mainProgram }) => `- ${name}${mainProgram === null ? '' : ` (${mainProgram} command)`}`);
    const texts = [
      { name: 'nothing', text: '' },
      { name: 'package list', text: `## Available Tools\n${list.join('\n')}\n` },
      ...(previousContext === undefined ? [] : [{ name: 'previous version', text: previousContext }]),
    ];
    const others = texts.map(({ name, text }) => {
      const verdicts = judgeFile(questions, text);
      const count = (wanted: string): number => verdicts.filter((verdict) => verdict === wanted).length;
      return { name, text, answered: count('file'), wrong: count('wrong') };
    });
    return { host, context, questions, judged: judge(questions, context, folder), others };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readPrevious(host: string): string | undefined {
  try {
    return readFileSync(`${previous}${host}.md`, 'utf8');
  } catch {
    return undefined;
  }
}
