import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Evaluated } from '../../../generators/evidence/evaluated.ts';
import { checkContext } from '../../../generators/lookup/check/check-context.ts';
import { existsBelow } from '../../../generators/lookup/check/exists-below.ts';
import { knownFacts } from '../../../generators/lookup/check/known-facts.ts';
import { plant } from '../../tree.ts';

const declared = (name: string) => ({
  ...{ id: name, name, version: '1', description: null, mainProgram: null, homepage: null, licenses: [] },
  ...{ scopes: ['system' as const], base: false, declarations: [] },
});
const evaluated: Evaluated = {
  schemaVersion: 1,
  platform: 'nixos',
  host: { name: 'elm', system: 'x86_64-linux', stateVersion: null, release: null, kernel: null, desktop: [] },
  user: { name: 'ann', home: '/home/ann', shell: null, groups: [], homeManager: false },
  nixpkgs: { release: '26.11', revision: null },
  nixVersion: null,
  flake: { used: true, checkout: null, attribute: null, inputs: [] },
  packages: [declared('ripgrep'), declared('ghostty'), declared('git')],
  options: [],
  aliases: [],
  agents: [],
  mcpServers: [],
  skipped: [],
};
const commands = { schemaVersion: 1 as const, packages: { ripgrep: ['rg'], ghostty: ['ghostty'], git: ['git'] } };
const paths = ['modules/packages.nix', 'flake.nix', 'devenv.nix'];
const facts = knownFacts({ evaluated, commands });
const check = (markdown: string) => checkContext(markdown, 'CLAUDE.md', facts, (path) => paths.includes(path));

const text = `# Machine

- **Terminal**: Kitty, never Alacritty
- Search with \`rg -n\` and list with \`eza -la\`
- No \`htop\`, and \`grep\` only in pipelines; it is not \`fd\` that finds
- Packages stand in \`modules/packages.nix\` and \`modules/fonts.nix\`, 12 packages in all, about 40 packages elsewhere
- Projects: \`devenv.nix\` or \`shell.nix\`
- Secrets: \`sops-nix\` / \`agenix\` are, as of today,
  not adopted

\`\`\`bash
git status | jq .
echo "kubectl" # tmux
\`\`\`

\`\`\`
modules/gone.nix   a tree, no commands: lazygit
\`\`\`
`;

test('reports missing tools, missing paths and wrong counts once, with their lines, but nothing that the text negates', () => {
  const findings = check(text).map(({ line, message }) => `${line} ${message}`);
  expect(findings).toEqual([
    '4 the command `eza` is not installed',
    '6 `modules/fonts.nix` does not exist',
    '6 "12 packages": the configuration declares 3, 3 with the base system',
    '12 the command `jq` is not installed',
  ]);
});

test('reports a program that is mentioned without negation', () => {
  expect(check('- Terminal: Kitty (JetBrains Mono)')).toEqual([
    { file: 'CLAUDE.md', line: 1, kind: 'not installed', message: '`Kitty` is mentioned but not installed' },
  ]);
});

test('tables, links, comments and listings are read as Markdown', () => {
  const markdown = `
| tool | state |
|---|---|
| \`eza\` | used |
| \`htop\` | not used |

See [the fonts](modules/fonts.nix) <!-- \`kubectl\` --> and **12** packages.

\`\`\`text
Kitty
\`\`\`
`;
  expect(check(markdown).map(({ line, message }) => `${line} ${message}`)).toEqual([
    '4 the command `eza` is not installed',
    '7 "12 packages": the configuration declares 3, 3 with the base system',
    '10 `Kitty` is mentioned but not installed',
  ]);
});

test('a path with wildcards exists when one name matches', () => {
  const root = mkdtempSync(join(tmpdir(), 'exists-'));
  plant(root, { 'hosts/elm/default.nix': '', 'modules/a.nix': '' });
  const exists = (pattern: string) => existsBelow(root, pattern);
  const present = ['hosts/<host>/default.nix', 'hosts/{host}/', 'modules/*.nix', 'modules/{a,b}.nix', 'hosts/**/x.nix'];
  expect(present.filter((pattern) => !exists(pattern))).toEqual([]);
  const absent = ['hosts/<host>/disk.nix', 'modules/?b.nix', 'modules/{b,c}.nix', 'users/**/x.nix', 'modules/a.nix/b'];
  expect(absent.filter(exists)).toEqual([]);
  rmSync(root, { recursive: true });
});
