import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const output = process.argv[2];
const read = (name) => readFileSync(join(output, name), 'utf8');
const json = (name) => JSON.parse(read(name));

const tools = new Map(json('intelligence/tool_profiles.json').profiles.map((tool) => [tool.name, tool]));
const expected = {
  ripgrep: ['rg'],
  fd: ['fd'],
  bat: ['bat'],
  jq: ['jq'],
  gh: ['gh'],
  eza: ['eza'],
  delta: ['delta'],
  hyperfine: ['hyperfine'],
  tokei: ['tokei'],
  just: ['just'],
};
for (const [name, commands] of Object.entries(expected)) {
  assert.deepEqual(tools.get(name)?.commands, commands, `the commands of ${name}`);
  assert.deepEqual(
    tools.get(name).declarations.map(({ file }) => file),
    ['test/nix/hosts/tools.nix'],
    `the file of ${name}`,
  );
}
assert.ok(tools.get('git').commands.includes('git'));

const context = read('CLAUDE.md');
assert.match(context, /`rg`/);
assert.match(context, /virtualisation\.docker/);
assert.ok(context.split('\n').length <= 150);

for (const file of readdirSync(output, { recursive: true }).map((name) => join(output, name))) {
  if (statSync(file).isFile()) {
    assert.doesNotMatch(readFileSync(file, 'utf8'), /\/nix\/store\/[0-9a-z]{32}-/, `a store path in ${file}`);
  }
}

const { rejected } = json('intelligence/manifest.json');
assert.deepEqual(
  rejected.map(({ file }) => file),
  ['snapshots/git-history.json'],
  'the manifest tells of the damaged snapshot',
);
