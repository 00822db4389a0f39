import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Tree } from '../tree.ts';
import type { Story } from './take-snapshots.ts';

const template = fileURLToPath(new URL('../../templates/nixos/', import.meta.url));
const files = Object.fromEntries(readdirSync(template).map((file) => [file, readFileSync(template + file, 'utf8')]));
const lock = (updated: string): Record<string, string> => ({
  'flake.lock': `${JSON.stringify({ nodes: { nixpkgs: { locked: { lastModified: Date.parse(updated) / 1000 } } } })}\n`,
});

/** A Python project that uses tools, as dependencies for development and in their files, beside libraries. */
function python(tools: readonly string[], libraries: number): Tree {
  const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
  const dev = tools.filter((tool) => !/^(uv|poetry|just)$/.test(tool));
  return {
    'pyproject.toml': [
      `[project]\nname = "x"\ndependencies = [${list(Array.from({ length: libraries }, (_, n) => `library${n}`))}]\n`,
      `[dependency-groups]\ndev = [${list(dev)}]\n`,
    ].join(''),
    ...(tools.includes('uv') ? { 'uv.lock': 'version = 1\n' } : {}),
    ...(tools.includes('poetry') ? { 'poetry.lock': '' } : {}),
    ...(tools.includes('just') ? { justfile: 'test:\n    uv run pytest\n' } : {}),
  };
}

function node(tools: readonly string[]): Tree {
  const devDependencies = Object.fromEntries(tools.map((tool) => [tool, '1']));
  return { 'package.json': JSON.stringify({ devDependencies }), 'package-lock.json': '{}' };
}

/** How `templates/nixos`, the host of the shipped example, might have come about. */
export const laptop: Story = {
  takenOn: '2026-11-20',
  repository: {
    files,
    last: ['intelligence.nix'],
    former: [
      ['packages.nix', '# Finding things', '    silver-searcher # searches file contents'],
      ['packages.nix', '# Looking at files and data', '    exa # ls with git status'],
      ['packages.nix', '# Working with repositories', '    tig'],
      ['packages.nix', '# Building and checking', '    poetry # Python packages and environments'],
      ['packages.nix', '# Building and checking', '    gnumake'],
      ['packages.nix', '# Network', '    httpie # friendlier HTTP requests'],
      ['packages.nix', '# Network', '    thefuck'],
    ],
    commits: [
      {
        day: '2025-02-03',
        author: 'Me Myself',
        message: 'The laptop, with the packages I know',
        writes: lock('2025-02-01'),
      },
      {
        day: '2025-02-16',
        author: 'Me Myself',
        message:
          'Replace silver-searcher with ripgrep\n\nripgrep respects .gitignore and finds hidden files when asked.',
        adds: ['ripgrep #'],
        removes: ['silver-searcher'],
      },
      {
        day: '2025-03-02',
        author: 'Me Myself',
        message: 'fish instead of bash, because it completes options from the manual pages',
        adds: ['shell = pkgs.fish'],
      },
      { day: '2025-03-30', author: 'Me Myself', message: 'flake.lock: update', writes: lock('2025-03-30') },
      {
        day: '2025-04-21',
        author: 'Ann Other',
        message: 'exa -> eza: exa is no longer maintained',
        adds: ['eza # ls', '.ls = "eza"'],
        removes: ['exa # ls'],
      },
      {
        day: '2025-05-11',
        author: 'Me Myself',
        message: 'Try thefuck',
        adds: ['thefuck'],
      },
      {
        day: '2025-05-25',
        author: 'Me Myself',
        message: 'Remove thefuck: it guesses wrong more often than right',
        removes: ['thefuck'],
      },
      {
        day: '2025-06-08',
        author: 'Me Myself',
        message: 'Add docker\n\nNeeded to run the integration tests of the shop.',
        adds: ['virtualisation.docker', '"docker"'],
      },
      { day: '2025-06-29', author: 'Me Myself', message: 'flake.lock: update', writes: lock('2025-06-29') },
      {
        day: '2025-08-17',
        author: 'Me Myself',
        message:
          'Replace poetry with uv\n\nuv resolves the environment of the shop in two seconds, poetry took ninety.',
        adds: ['uv #'],
        removes: ['poetry'],
      },
      {
        day: '2025-10-05',
        author: 'Me Myself',
        message: 'Add lazygit in place of tig, to stage single lines',
        adds: ['lazygit'],
        removes: ['tig'],
      },
      { day: '2025-10-12', author: 'Me Myself', message: 'flake.lock: update', writes: lock('2025-10-12') },
      {
        day: '2025-12-07',
        author: 'Me Myself',
        message: 'Add tailscale, so that no port of the home server is open to the internet',
        adds: ['services.tailscale'],
      },
      {
        day: '2026-01-18',
        author: 'Ann Other',
        message: 'Replace gnumake with just: recipes take arguments, and `just --list` explains them',
        adds: ['just #'],
        removes: ['gnumake'],
      },
      {
        day: '2026-02-22',
        author: 'Me Myself',
        message: 'Replace httpie with xh, which starts at once and takes the same arguments',
        adds: ['xh #'],
        removes: ['httpie'],
        writes: lock('2026-02-22'),
      },
      {
        day: '2026-04-12',
        author: 'Me Myself',
        message: 'Add yq-go for the compose files, glow for the notes',
        adds: ['yq-go', 'glow'],
      },
      {
        day: '2026-06-14',
        author: 'Me Myself',
        message: 'Add hyperfine to compare the start of the shop before and after a change',
        adds: ['pkgs.hyperfine'],
        writes: lock('2026-06-14'),
        tag: 'summer',
      },
      {
        day: '2026-09-06',
        author: 'Me Myself',
        message: 'Add claude-code',
        adds: ['# Agents', '    claude-code', 'allowUnfree'],
      },
      { day: '2026-10-25', author: 'Me Myself', message: 'flake.lock: update', writes: lock('2026-10-25') },
      { day: '2026-11-15', author: 'Me Myself', message: 'Tell the agents about this host' },
    ],
  },
  programs: ['.cargo/bin/tokei', '.local/bin/http', '.local/bin/shop-admin'],
  more: {
    files: {
      '.cargo/.crates.toml': '[v1]\n"tokei 12.1.2 (registry+https://example.org)" = ["tokei"]\n',
      ...Object.fromEntries(
        ['httpie', 'requests', 'rich', 'shop_admin'].map((name) => [
          `.local/lib/python3.13/site-packages/${name}-1.0.dist-info/METADATA`,
          `Name: ${name}\n`,
        ]),
      ),
    },
    projects: [
      { files: python(['uv', 'ruff', 'pytest', 'just', 'mypy'], 4), months: ['2025-08', '2026-11'] },
      { files: python(['uv', 'ruff', 'pytest', 'just'], 3), months: ['2025-09', '2026-10'] },
      { files: python(['uv', 'ruff', 'pytest', 'just'], 5), months: ['2026-01', '2026-11'] },
      { files: python(['uv', 'ruff', 'pytest'], 2), months: ['2026-05', '2026-08'] },
      { files: python(['poetry', 'black', 'pytest'], 1), months: ['2025-02', '2025-07'] },
      { files: node(['prettier', 'vitest']), months: ['2025-04', '2026-09'] },
      { files: node(['eslint', 'prettier', 'vitest']), months: ['2026-02', '2026-11'] },
    ],
    agent: {
      from: '2026-10-21',
      to: '2026-11-19',
      sessions: 14,
      offered: [
        'mcp__serena__find_symbol',
        'mcp__serena__rename_symbol',
        'mcp__mcp-nixos__nixos_search',
        'mcp__context7__query-docs',
      ],
      calls: [
        { tool: 'Read', times: 240, fail: 6 },
        { tool: 'Edit', times: 130, fail: 9 },
        { tool: 'Bash', times: 84, command: 'just test' },
        { tool: 'Bash', times: 61, command: 'git status && git diff | head -n 50' },
        { tool: 'Bash', times: 45, fail: 11, command: 'uv run pytest -q' },
        { tool: 'Bash', times: 33, command: 'rg -n vat src | head' },
        { tool: 'mcp__serena__find_symbol', times: 203, fail: 4 },
        { tool: 'mcp__mcp-nixos__nixos_search', times: 20, fail: 8 },
      ],
    },
    evaluated: fileURLToPath(new URL('../../generators/example/evaluated.json', import.meta.url)),
  },
  sessions: [
    {
      shell: 'bash',
      from: '2025-02-03',
      to: '2025-03-01',
      lines: [
        ['grep -r TODO src', 5],
        ['ls -la', 6],
        ['git status', 8],
        ['cd src', 5],
        ['make test', 4],
      ],
    },
    {
      shell: 'fish',
      from: '2025-03-02',
      to: '2026-11-19',
      lines: [
        ['rg "price%" src', 57],
        ['fd "item%" src', 34],
        ['find . -name "old%.py"', 6],
        ['bat README%.md', 41],
        ['cat notes%.txt', 9],
        ['eza -l src/%', 62],
        ['jq ".items[%]" orders.json', 38],
        ['curl -s https://localhost:%/health | jq .status', 14],
        ['xh get :8000/orders/%', 36],
        ['git add src/%.py ;; git commit -m "change %"', 88],
        ['git switch feature-% ;; git pull origin feature-%', 21],
        ['git diff main..feature-%', 33],
        ['git log --oneline -%', 24],
        ['lazygit -p shop%', 47],
        ['gh pr create --title "Feature %" ;; gh pr checks --watch %', 16],
        ['just test shop%', 71],
        ['just deploy-%', 9],
        ['uv run pytest -k test_%', 58],
        ['uv add package%', 11],
        ['python3 tools/report%.py', 19],
        ['node tools/build%.js', 12],
        ['docker compose up -d service% ;; docker compose logs service%', 26],
        ['sudo nixos-rebuild switch --flake .#laptop --option x %', 28],
        ['nix run nixpkgs#tree -- src/%', 7],
        ['nix shell nixpkgs#pandoc -c pandoc notes%.md', 5],
        ['tokei src/%', 24],
        ['cat server%.log | grep ERROR', 17],
        ['rg "def %" src | wc -l', 8],
        ['shellcheck tools/%.sh', 13],
        ['ssh server-%', 15],
        ['tailscale ping server-%', 4],
        ['hyperfine "shop%"', 6],
        ['delta old/% new/%', 5],
        ['fzf --query %', 18],
        ['claude "explain src/%"', 22],
        ['cd src/%', 90],
      ],
      recorded: {
        programs: ['just', 'git', 'uv', 'rg', 'docker', 'claude'],
        lines: [
          ['just deploy broken-%', 7],
          ['just deploy staging-%', 5],
          ['git push origin topic-%', 12],
          ['git push origin broken-%', 2],
          ['kubectl get pods -n shop%', 6],
          ['uv run pytest -k check_%', 20],
          ['rg "vat%" src', 15],
        ],
      },
    },
  ],
};
