// `generate` as a whole process against a bare `node -e 0`. HOST=DIR: the evidence of a real host; else one of the same
// size, without the documentation of options, is made up. NODES=PATH,PATH measures other versions of Node.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareProcesses, nodes, versionOf } from './measure.ts';

const limit = 5;
const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'generate-bench-'));
const { HOST } = process.env;
const input = HOST ?? join(scratch, 'in');
if (HOST === undefined) madeUpHost(input);
const host = HOST ?? '140 declared and 170 base packages, 420 store paths, made up';
for (const node of nodes) {
  compareProcesses(`${versionOf(node)}, ${host}`, {
    'node -e 0': { argv: [node, '-e', '0'] },
    generate: { argv: [node, cli, 'generate', '--in', input, '--out', join(scratch, 'out')], limit },
  });
}
rmSync(scratch, { recursive: true });

function madeUpHost(folder: string): void {
  const kinds = ['search tool', 'JSON processor', 'language server', 'build system', 'HTTP client', 'text editor'];
  // Names of letters: numbers in them would look like versions of one package.
  const nameOf = (n: number): string =>
    `tool${[n % 26, Math.floor(n / 26)].map((digit) => String.fromCharCode(97 + digit)).join('')}`;
  const packages = Array.from({ length: 310 }, (_, n) => ({
    id: nameOf(n),
    name: nameOf(n),
    version: `1.${n}`,
    description: `Small and fast ${kinds[n % kinds.length]} number ${n} with a description of the usual length`,
    mainProgram: `p${n}`,
    homepage: 'https://example.org',
    licenses: ['MIT'],
    scopes: ['system'],
    base: n >= 140,
    declarations: n >= 140 ? [] : [{ list: 'environment.systemPackages', file: `modules/${n % 3}.nix`, by: null }],
  }));
  const path = (n: number): string => `${String(n).padStart(32, '0')}-${nameOf(n)}-1.${n}`;
  const files = {
    evaluated: {
      schemaVersion: 1,
      platform: 'nixos',
      host: { name: 'elm', system: 'x86_64-linux', stateVersion: null, release: '26.11', kernel: null, desktop: [] },
      user: { name: 'ann', home: '/home/ann', shell: 'fish', groups: ['wheel'], homeManager: true },
      nixpkgs: { release: '26.11', revision: null },
      nixVersion: null,
      flake: { used: true, checkout: null, attribute: 'elm', inputs: [] },
      packages,
      options: [],
      aliases: [],
      agents: [],
      mcpServers: [],
      skipped: [],
    },
    commands: { schemaVersion: 1, packages: Object.fromEntries(packages.map(({ id }, n) => [id, [`p${n}`]])) },
    closure: {
      schemaVersion: 1,
      roots: Object.fromEntries(packages.map(({ id }, n) => [id, [path(n)]])),
      services: {},
      paths: Array.from({ length: 420 }, (_, n) => ({
        path: path(n),
        references: [1, 7, 13, 29, 53]
          .map((step) => n + step)
          .filter((m) => m < 420)
          .map(path),
        narSize: 1000 + n,
      })),
    },
  };
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
}
