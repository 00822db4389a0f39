import { expect, test } from 'vitest';
import type { OwnRule } from '../../generators/evidence/policies.ts';
import { toCall } from '../../generators/policy/call-table.ts';
import { decide } from '../../generators/policy/decide.ts';
import { policiesWith } from './policies.ts';
import { tableWorld } from './table.ts';

const rule = (one: Partial<OwnRule>): OwnRule => ({
  ...{ command: null, subcommand: null, flags: null, path: null, tool: null, instead: null },
  ...{ decision: 'block', reason: 'No.' },
  ...one,
});
const off = {
  decisions: Object.fromEntries(
    ['modernCli', 'destructive', 'infrastructure', 'lostWork'].map((name) => [name, 'off' as const]),
  ),
};

const matches: [own: Partial<OwnRule>, matching: string[], others: string[]][] = [
  [
    { command: ['kubectl'], subcommand: ['delete'] },
    [
      'kubectl delete pod x',
      'kubectl -n prod delete pod x',
      'kubectl --context=a --namespace b delete pod x',
      'sudo kubectl -v delete x',
    ],
    ['kubectl get pods', 'kubectl -n delete get pods', 'kubectl logs delete'],
  ],
  [
    { command: ['docker'], subcommand: ['compose', 'down'], flags: ['-v'] },
    [
      'docker compose down -v',
      'docker compose -f x.yml down -v',
      'docker compose down --volumes',
      'docker compose -p a down -tv',
    ],
    ['docker compose down', 'docker compose -f x.yml up -d', 'docker compose down --verbose'],
  ],
  [
    { command: ['git'], subcommand: ['push'], flags: ['-f'] },
    ['git push -f', 'git push --force origin x', 'git -C a push origin x -f', 'git -c a=b push -fu origin x'],
    ['git push', 'git push --follow-tags', 'git commit -m push -f'],
  ],
  [
    { command: ['rm'], flags: ['-rf'] },
    ['rm -rf x', 'rm -r -f x', 'rm --recursive --force x', 'rm -fr x'],
    ['rm -r x', 'rm x'],
  ],
  [{ command: ['tool'], flags: ['-x|--exclude'] }, ['tool -x', 'tool --exclude=a'], ['tool -y']],
  [
    { command: ['git'], subcommand: ['checkout', '--'] },
    ['git checkout -- a', 'git checkout HEAD -- a'],
    ['git checkout main'],
  ],
  [
    { command: ['mytool'], subcommand: ['deploy'] },
    ['mytool deploy', 'mytool -e prod deploy', 'mytool --env=prod deploy'],
    ['mytool plan deploy'],
  ],
  [
    { path: ['~/work/**'] },
    [
      ...['cat ~/work/a', 'rm -rf ~/work', 'rm -r ~/work/a', 'rm -rf ~', 'echo x > ~/work/a', 'cd ~/work && cat b'],
      'Grep {"pattern":"x","path":"/home/ann/work"}',
      'Glob {"pattern":"**/*.ts","path":"/home/ann/work/app"}',
      'Read {"file_path":"/home/ann/work/a.ts"}',
      'mcp__fs__read_file {"path":"/home/ann/work/a.ts"}',
    ],
    ['cat ~/works/a', 'rm -rf ~/other', 'Grep {"pattern":"x"}', 'echo ~/work/a'],
  ],
  [{ tool: ['WebFetch'] }, ['WebFetch {"url":"https://example.org"}'], ['WebSearch {"query":"x"}']],
];

for (const [own, matching, others] of matches) {
  const policies = policiesWith({ ...off, rules: { mine: rule(own) } });
  const decided = (text: string) =>
    decide(toCall(text), policies, tableWorld).findings.filter((one) => one.rule === 'mine');
  const name = JSON.stringify(own);
  test.each(matching)(`${name} matches %s`, (text) => {
    expect(decided(text)).toMatchObject([{ decision: 'block' }]);
  });
  test.each(others)(`${name} does not match %s`, (text) => {
    expect(decided(text)).toEqual([]);
  });
}
