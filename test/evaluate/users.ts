import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Evidence } from '../../generators/evidence/evidence.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { recommendations } from '../../generators/questions/recommendations/schema.ts';
import { evidenceOf, recorded, takenOn, type World } from '../questions/shell-world.ts';
import { typeIntoFish } from '../snapshot/shell/type-into-fish.ts';
import { typeIntoShell } from '../snapshot/shell/type-into-shell.ts';
import { type Needs, needsOf, withConfiguration } from './needs.ts';
import { random } from './random.ts';

/** A user whose habits are known: what was typed, and what is installed. */
interface User {
  name: string;
  shell: 'fish' | 'bash' | 'zsh';
  world: World;
  /** In the order in which they were typed; seconds since 1970. */
  typed: { text: string; time: number }[];
  /** The log of the recorder; undefined: there is none. */
  log: string | undefined;
  habits: Habits;
  needs: Needs;
}

interface Habits {
  /** For each pair: uses of the first and of the second. */
  pairs: { preferred: string; other: string; uses: number; otherUses: number }[];
  sequence: { steps: [string, string]; times: number };
  pipeline: { stages: string[]; times: number };
  habit: { text: string; instead: string; times: number };
  undeclared: { command: string; uses: number };
  neverTyped: { name: string; namedElsewhere: boolean }[];
  failing: { command: string; attempts: number; failures: number; hasCause: boolean }[];
}

/** What the text says about users, by kind of sentence, and what it should have said. */
export interface KindScore {
  kind: string;
  said: number;
  right: number;
  /** Habits that the shell records well enough to be stated, and how many of them were. */
  expected: number;
  found: number;
  mistakes: string[];
  /** What should have been said. */
  missing: string[];
}

const pairs = [
  ['rg', 'grep', 'ripgrep', 'foo%', 'src'],
  ['bat', 'cat', 'bat', 'notes%.md', ''],
  ['eza', 'ls', 'eza', '-l', 'dir%'],
] as const;
const end = Date.parse(`${takenOn}T12:00:00Z`) / 1000;
const period = 150 * 86_400;

/** User `index`: habits by chance, from a fixed seed; every third has no preference, every third the opposite one. */
function userOf(index: number): User {
  const next = random(1000 + index);
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const shell = (['fish', 'bash', 'zsh'] as const)[index % 3] as User['shell'];
  const lines: string[][] = [];
  const repeat = (times: number, make: (use: number) => string[]): void => {
    for (let use = 0; use < times; use++) lines.push(make(use));
  };
  const userPairs = pairs.map(([first, second, , argument, rest], row) => {
    const kind = (index + row) % 3;
    const [many, few] =
      kind === 0
        ? [between(20, 30), between(1, 4)]
        : kind === 1
          ? [between(8, 11), between(8, 11)]
          : [between(1, 3), between(15, 20)];
    const line = (command: string, use: number): string[] => [
      `${command} ${argument.replace('%', String(use % 7))} ${rest}`.trim(),
    ];
    repeat(many, (use) => line(first, use));
    repeat(few, (use) => line(second, use));
    return { preferred: first, other: second, uses: many, otherUses: few };
  });
  const sequence = {
    steps: ['uv sync', 'pytest'] as [string, string],
    times: index % 2 === 0 ? between(15, 20) : 0,
  };
  repeat(sequence.times, (use) => [`uv sync --extra f${use}`, `pytest t${use}`]);
  if (sequence.times === 0) {
    repeat(9, (use) => [`uv sync --extra g${use}`]);
    repeat(9, (use) => [`pytest d${use}`]);
  }
  const pipeline = { stages: ['fd', 'wc'], times: index % 4 < 2 ? between(8, 12) : 0 };
  repeat(pipeline.times, (use) => [`fd x${use} | wc -l`]);
  const habit = { text: 'cat file | grep', instead: 'rg', times: index % 5 === 0 ? between(12, 16) : 0 };
  repeat(habit.times, (use) => [`cat log${use} | grep ERROR`]);
  const undeclared = { command: 'tokei', uses: index % 3 === 1 ? between(20, 25) : 0 };
  repeat(undeclared.uses, (use) => [`nix run nixpkgs#tokei -- d${use}`]);
  // The daily editor, started bare by every other user: one line for fish.
  repeat(between(120, 150), (use) => [index % 2 === 0 && use % 3 > 0 ? 'vim' : `vim a${use}`]);
  // fish: enough distinct lines to show what is not used.
  repeat(shell === 'fish' ? 120 : 10, (use) => [`cd folder${use}`]);
  const needs = needsOf(index, shell, random(5000 + index));
  for (const { text, times } of needs.lines) repeat(times, (use) => [text(use)]);

  const typed: User['typed'] = [];
  for (const [row, texts] of lines.entries()) {
    const start = Math.floor(end - period * next()) - 300;
    // The steps of one line of the script follow each other; scripts are an hour apart where they fall together.
    texts.forEach((text, step) => {
      typed.push({ text, time: start - (start % 3600) + (row % 50) * 70 + step * 15 });
    });
  }
  typed.sort((a, b) => a.time - b.time);
  const isRecorded = index % 5 === 4;
  const failing = [
    { command: 'docker', attempts: 8, failures: 8, hasCause: true },
    { command: 'pytest', attempts: 40, failures: 25, hasCause: false },
    { command: 'cargo', attempts: 30, failures: 20, hasCause: false },
    { command: 'ssh', attempts: 12, failures: 7, hasCause: false },
  ];
  return {
    name: `user ${index} (${shell})`,
    shell,
    typed,
    log: isRecorded
      ? failing
          .map(
            ({ command, attempts, failures }) =>
              recorded(command, '', 1, failures, 5) + recorded(command, '', 0, attempts - failures, 40),
          )
          .join('') + needs.log
      : undefined,
    needs,
    world: {
      shell,
      packages: {
        ripgrep: ['rg'],
        bat: ['bat'],
        eza: ['eza'],
        fd: ['fd'],
        git: ['git'],
        vim: ['vim'],
        gnugrep: ['grep'],
        coreutils: ['cat', 'ls', 'wc'],
        docker: ['docker'],
        dust: ['dust'],
        hexyl: ['hexyl'],
        wofi: ['wofi'],
      },
      inHome: needs.inHome,
    },
    habits: {
      pairs: userPairs,
      sequence,
      pipeline,
      habit,
      undeclared,
      neverTyped: [
        { name: 'dust', namedElsewhere: false },
        { name: 'hexyl', namedElsewhere: false },
        { name: 'wofi', namedElsewhere: true },
      ],
      failing: isRecorded ? failing : [],
    },
  };
}

/** The history that the real shell wrote for these lines, with their times; from `cache` where it is there. */
async function historyOf({ shell, typed }: User, cache: string): Promise<string> {
  const key = createHash('sha1')
    .update(JSON.stringify([shell, typed]))
    .digest('hex')
    .slice(0, 16);
  const file = join(cache, `${shell}-${key}`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'user-'));
  try {
    const texts = typed.map(({ text }) => text);
    const written =
      shell === 'fish' ? await typeIntoFish(folder, texts) : await typeIntoShell(shell, 'stamped', folder, texts);
    const history =
      shell === 'fish'
        ? fishTimes(readFileSync(written, 'utf8'), typed)
        : stampTimes(readFileSync(written, 'utf8'), shell, typed);
    mkdirSync(cache, { recursive: true });
    writeFileSync(file, history);
    return history;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** fish keeps each line once, with the time of its last use. */
function fishTimes(history: string, typed: User['typed']): string {
  const last = new Map(typed.map(({ text, time }) => [text, time]));
  const entries = history
    .split(/^- cmd: /m)
    .slice(1)
    .map((entry) => entry.split('\n')[0] as string);
  return entries
    .map((text) => ({ text, time: last.get(text) as number }))
    .sort((a, b) => a.time - b.time)
    .map(({ text, time }) => `- cmd: ${text}\n  when: ${time}\n`)
    .join('');
}

function stampTimes(history: string, shell: 'bash' | 'zsh', typed: User['typed']): string {
  let index = 0;
  const stamp = shell === 'bash' ? /^#(\d+)$/gm : /^: (\d+):/gm;
  const text = history.replace(stamp, (whole, time: string) => whole.replace(time, String(typed[index++]?.time)));
  if (index !== typed.length) throw new Error(`${shell} wrote ${index} of ${typed.length} lines`);
  return text;
}

/** Fifty users: what is said and recommended to each, compared with the habits and needs that made the evidence. */
export async function scoreUsers(
  cache: string,
  count = 50,
): Promise<{ scores: KindScore[]; traps: ReadonlyMap<string, number> }> {
  const scores = new Map<string, KindScore>();
  const traps = new Map<string, number>();
  const score = (kind: string): KindScore => {
    const found = scores.get(kind) ?? { kind, said: 0, right: 0, expected: 0, found: 0, mistakes: [], missing: [] };
    scores.set(kind, found);
    return found;
  };
  for (let index = 0; index < count; index++) {
    const user = userOf(index);
    const history = await historyOf(user, cache);
    const snapshot = await evidenceOf(user.world, user.shell, history, user.log);
    const evidence: Evidence = await withConfiguration(user.needs, user.world.packages ?? {}, snapshot);
    const settings = { ...defaultSettings, budget: { lines: 1000, tokens: 100_000 }, report: false };
    const { files } = buildOutput({ evidence, settings, inputs: [], missing: [], rejected: [] });
    judgeUser(user, files.get('CLAUDE.md') as string, score);
    judgeRecommendations(user, files.get('intelligence/recommendations.json') as string, (kind) =>
      score(`recommendation: ${kind}`),
    );
    for (const name of user.needs.traps) traps.set(name, (traps.get(name) ?? 0) + 1);
  }
  return { scores: [...scores.values()], traps };
}

/** Compares the recommendations with what the user needs; what is not expected must not be recommended. */
function judgeRecommendations(
  { name, shell, typed, habits, log, needs }: User,
  text: string,
  score: (kind: string) => KindScore,
): void {
  const uses = (command: string): number => typed.filter((one) => one.text.split(' ')[0] === command).length;
  const expected = new Map(needs.expected);
  for (const tool of ['dust', 'hexyl']) expected.set(`nixos-intelligence change remove ${tool} --system`, 'remove');
  if (habits.undeclared.uses > 0) expected.set('nixos-intelligence change add tokei --user', 'add');
  if (habits.failing.length > 0) expected.set('nixos-intelligence change enable virtualisation.docker', 'fix');
  const isPreferred = (first: string): boolean => {
    const pair = habits.pairs.find((one) => one.preferred === first || one.other === first);
    if (pair === undefined || shell === 'fish') return false;
    return uses(first) >= 3 * uses(pair.preferred === first ? pair.other : pair.preferred);
  };
  if (shell !== 'fish' && log === undefined) {
    for (const { preferred, other, uses: many, otherUses: few } of habits.pairs) {
      if (many >= 5 * few && many >= 15) expected.set(`preferred:${preferred}`, 'prefer');
      if (few >= 5 * many && few >= 15) expected.set(`preferred:${other}`, 'prefer');
    }
  }
  const found = new Set<string>();
  for (const { id, kind, change, text: sentence } of recommendations.parse(JSON.parse(text)).recommendations) {
    const key = kind === 'prefer' || change === null ? id : change;
    found.add(key);
    const kindScore = score(kind);
    kindScore.said += 1;
    if (expected.get(key) === kind || (kind === 'prefer' && isPreferred(id.replace('preferred:', ''))))
      kindScore.right += 1;
    else kindScore.mistakes.push(`${name}: ${sentence} ${change ?? ''}`);
  }
  for (const [key, kind] of expected) {
    score(kind).expected += 1;
    if (found.has(key)) score(kind).found += 1;
    else score(kind).missing.push(`${name}: ${key}`);
  }
}

/** Figures are rounded so that a few more uses do not change them; this is the most by which they may differ. */
const isAbout = (said: number, count: number): boolean =>
  Math.abs(said - count) <= Math.max(count < 20 ? 0 : 2.5, count * 0.05);

function judgeUser(
  { name, shell, typed, habits, log, world, needs }: User,
  context: string,
  score: (kind: string) => KindScore,
): void {
  const uses = (command: string): number =>
    typed.reduce((sum, { text }) => sum + text.split(' | ').filter((part) => part.split(' ')[0] === command).length, 0);
  const alone = (command: string): number =>
    typed.filter(({ text }) => text.split(' ')[0] === command && !text.includes('|')).length;
  const distinct = (command: string): number =>
    new Set(
      typed
        .filter(({ text }) => text.split(' | ').some((part) => part.split(' ')[0] === command))
        .map(({ text }) => text),
    ).size;
  const commandsOf = (command: string): string[] =>
    Object.values(world.packages ?? {}).find((commands) => commands.includes(command)) ?? [command];
  const usesOfPackage = (command: string): number => commandsOf(command).reduce((sum, one) => sum + uses(one), 0);
  const distinctOfPackage = (command: string): number =>
    commandsOf(command).reduce((sum, one) => sum + distinct(one), 0);
  const say = (kind: string, sentence: string, isTrue: boolean): void => {
    const found = score(kind);
    found.said += 1;
    if (isTrue) found.right += 1;
    else found.mistakes.push(`${name}: ${sentence}`);
  };
  const expect = (kind: string, isExpected: boolean, isFound: boolean): void => {
    if (!isExpected) return;
    score(kind).expected += 1;
    if (isFound) score(kind).found += 1;
  };
  const countsUses = shell !== 'fish';
  let heading = '';
  const preferred = new Set<string>();
  for (const line of context.split('\n')) {
    heading = /^### (\S+)(?: \((\S+)\))?/.test(line)
      ? (/^### (\S+)(?: \((\S+)\))?/
          .exec(line)
          ?.slice(1)
          .findLast((one) => one !== undefined) ?? '')
      : heading;
    const preference = /you prefer `(\S+)` over (.*) \((.*) uses\)/.exec(line);
    if (preference !== null) {
      const [, first = '', others = '', counts = ''] = preference;
      const names = [first, ...[...others.matchAll(/`(\S+)`/g)].map(([, other]) => other ?? '')];
      const numbers = counts.split(' vs ').map(Number);
      const isTrue = names.every((command, position) => {
        const said = numbers[position] ?? -1;
        return isAbout(said, uses(command)) || isAbout(said, alone(command));
      });
      say('preference', line, isTrue && (numbers[0] ?? 0) >= 3 * (numbers[1] ?? 0));
      preferred.add(first);
    }
    const over = /\*\*Context\*\*: Preferred over (.*)$/.exec(line);
    if (over !== null) {
      const others = [...(over[1] ?? '').matchAll(/(\S+) \((\d+) uses\)/g)];
      const isTrue = others.every(([, other = '', said]) => {
        const few = [uses(other), alone(other)];
        return few.some((one) => isAbout(Number(said), one) && uses(heading) >= 3 * one);
      });
      say('preference', `${heading} ${line}`, isTrue);
      preferred.add(heading);
    }
    const count = /\*\*Usage\*\*: (?:at least )?(\d+) times/.exec(line);
    if (count !== null) say('count of uses', `${heading} ${line}`, isAbout(Number(count[1]), usesOfPackage(heading)));
    const inLines = /\*\*Usage\*\*: typed in (\d+) distinct lines/.exec(line);
    if (inLines !== null)
      say('distinct lines', `${heading} ${line}`, isAbout(Number(inLines[1]), distinctOfPackage(heading)));
    const workflow = /You often run (.*)\.$/.exec(line);
    if (workflow !== null) {
      const steps = [...(workflow[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, step]) => step);
      say('workflow', line, habits.sequence.times > 0 && steps.join() === habits.sequence.steps.join());
    }
    const piped = /\*\*Workflow\*\*: Often piped to (\S+)/.exec(line);
    if (piped !== null) {
      const actual = typed.filter(({ text }) => new RegExp(`^${heading} .*\\| ${piped[1]}\\b`).test(text)).length;
      say('pipeline', `${heading} ${line}`, actual >= 5);
    }
    const undeclared = /You frequently use (.*) but (?:it's|they are) not in your nix config/.exec(line);
    if (undeclared !== null)
      say(
        'not declared',
        line,
        [...(undeclared[1] ?? '').matchAll(/`(\S+)`/g)].every(([, tool = '']) =>
          typed.some(({ text }) => new RegExp(`(?:^|[#, ])${tool} `).test(text)),
        ),
      );
    const unused = /You have (.*) installed(?: \(since .*\))? but never typed/.exec(line);
    if (unused !== null) {
      const names = [...(unused[1] ?? '').matchAll(/`(\S+)`/g)].map(([, tool]) => tool ?? '');
      for (const tool of names) {
        const commands = world.packages?.[tool] ?? [tool];
        const isNeeded = habits.neverTyped.some((one) => one.name === tool && one.namedElsewhere);
        say('never typed', `${tool}: ${line}`, !isNeeded && commands.every((command) => uses(command) === 0));
      }
    }
    const instead = /Instead of `cat file \| grep/.exec(line) ?? /You use `cat .*grep.*` often/.exec(line);
    if (instead !== null) say('substitution', line, habits.habit.times >= 5);
    const failure = /You've tried `([^`\s]+)/.exec(line) ?? /^- `(\S+)` fails frequently/.exec(line);
    if (failure !== null)
      say(
        'failure',
        line,
        habits.failing.some(({ command, hasCause }) => command === failure[1] && hasCause) ||
          (/^(?:virsh|bluetoothctl)$/.test(failure[1] ?? '') && [...needs.expected.values()].includes('fix')),
      );
  }
  for (const { preferred: first, other, uses: many, otherUses: few } of habits.pairs) {
    if (countsUses && log === undefined) {
      expect('preference', many >= 5 * few && many >= 15, preferred.has(first));
      expect('preference', few >= 5 * many && few >= 15, preferred.has(other));
    }
  }
  expect('workflow', habits.sequence.times > 0, context.includes('You often run'));
  expect('pipeline', habits.pipeline.times > 0, /Often piped to wc/.test(context));
  expect('substitution', habits.habit.times > 0, /cat file \| grep|`cat \| grep`/.test(context));
  expect('not declared', habits.undeclared.uses > 0, /You frequently use .*`tokei`/.test(context));
  expect('failure', habits.failing.length > 0, context.includes("You've tried `docker"));
}
