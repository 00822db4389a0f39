import { expect, test } from 'vitest';
import type { Evaluated } from '../../../generators/evidence/evaluated.ts';
import { checkContext } from '../../../generators/lookup/check/check-context.ts';
import { factsOf } from '../../../generators/lookup/check/facts.ts';

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
const facts = factsOf({ evaluated, commands }, (path) => paths.includes(path));

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

test('says what is named and not there, once, with its line, and nothing of what is ruled out', () => {
  const said = checkContext(text, 'CLAUDE.md', facts).map(({ line, message }) => `${line} ${message}`);
  expect(said).toEqual([
    '4 the command `eza` is not installed',
    '6 `modules/fonts.nix` does not exist',
    '6 "12 packages" is said; the configuration declares 3, 3 with what the system adds',
    '12 the command `jq` is not installed',
  ]);
});

test('a terminal that went is found in a line that rules nothing out', () => {
  expect(checkContext('- Terminal: Kitty (JetBrains Mono)', 'CLAUDE.md', facts)).toEqual([
    { file: 'CLAUDE.md', line: 1, kind: 'not installed', message: '`Kitty` is named and not installed' },
  ]);
});
