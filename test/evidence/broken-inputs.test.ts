import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { command } from '../../generators/commands/generate.ts';
import { UserError } from '../../generators/errors.ts';
import { snapshots } from '../../generators/evidence/snapshots.ts';
import { plantEvidence, sampleCommands, sampleEvaluated } from '../sample-evidence.ts';
import { survey } from '../tree.ts';

const evaluated = sampleEvaluated();
const text = JSON.stringify(evaluated);
const first = evaluated.packages[0] as object;
const good = {
  'evaluated.json': evaluated,
  'closure.json': { schemaVersion: 1, roots: {}, services: {}, paths: [] },
  'commands.json': sampleCommands(evaluated),
};
const path = { path: 'abc-ripgrep', references: [], narSize: 1 };
const rtl = '\u202Egpj.exe\u2066';
const long = 'x'.repeat(1_000_000);

/** evaluated.json with something else in place of one of its values. */
const host = (one: object) => ({ 'evaluated.json': { ...evaluated, host: { ...evaluated.host, ...one } } });
const user = (one: object) => ({ 'evaluated.json': { ...evaluated, user: { ...evaluated.user, ...one } } });
const top = (one: object) => ({ 'evaluated.json': { ...evaluated, ...one } });
const pkg = (one: object) => top({ packages: [{ ...first, ...one }] });
const closure = (one: object) => ({ 'closure.json': { ...good['closure.json'], ...one } });
const commands = (packages: unknown) => ({ 'commands.json': { schemaVersion: 1, packages } });
const settings = (one: unknown) => ({ 'settings.json': one });
const declared = (one: object) => pkg({ declarations: [{ list: 'home.packages', file: 'a.nix', by: null, ...one }] });

/** What is wrong with the input -> the files that differ from good ones -> what the message says. */
const broken: [string, Record<string, unknown>, RegExp][] = [
  // no JSON
  ['an empty file', { 'evaluated.json': '' }, /evaluated\.json: expected JSON, got an empty file/],
  ['blanks only', { 'evaluated.json': ' \n\n ' }, /got an empty file/],
  ['one brace', { 'evaluated.json': '{' }, /evaluated\.json: expected JSON, got/],
  ['cut off after a tenth', { 'evaluated.json': text.slice(0, text.length / 10) }, /breaks off|something else/],
  ['cut off in the middle', { 'evaluated.json': text.slice(0, text.length / 2) }, /breaks off|something else/],
  ['cut off before the last brace', { 'evaluated.json': text.slice(0, -1) }, /breaks off|something else/],
  ['cut off within a string', { 'evaluated.json': text.slice(0, text.indexOf('ripgrep') + 3) }, /breaks off/],
  ['something after the end', { 'evaluated.json': `${text}}` }, /something else at line 1/],
  ['two documents', { 'evaluated.json': `${text}\n${text}` }, /something else at line 2, column 1/],
  ['a comment', { 'evaluated.json': `// made by hand\n${text}` }, /expected JSON, got something else/],
  ['single quotes', { 'evaluated.json': "{'schemaVersion': 1}" }, /something else at line 1, column 2/],
  ['a trailing comma', { 'evaluated.json': '{"schemaVersion": 1,}' }, /something else at line 1/],
  ['NaN', { 'evaluated.json': '{"schemaVersion": NaN}' }, /something else/],
  ['Nix instead of JSON', { 'evaluated.json': '{ schemaVersion = 1; }' }, /something else/],
  ['HTML', { 'evaluated.json': '<!DOCTYPE html><p>404' }, /expected JSON, got something else/],
  ['binary data', { 'evaluated.json': Buffer.from([0xff, 0xfe, 0x00, 0x80]) }, /expected UTF-8 text/],
  ['UTF-16', { 'evaluated.json': Buffer.from(`\uFEFF${text}`, 'utf16le') }, /expected UTF-8 text/],
  ['latin-1', { 'evaluated.json': Buffer.from('{"a":"\u00e9"}', 'latin1') }, /expected UTF-8 text/],
  ['a raw control character in a string', { 'evaluated.json': '{"a":"\u0001"}' }, /something else/],
  ['NUL bytes', { 'evaluated.json': '\0\0\0\0' }, /something else/],
  ['a hundred thousand brackets', { 'evaluated.json': '['.repeat(100_000) }, /breaks off|nested/],
  [
    'a hundred thousand closed brackets',
    { 'evaluated.json': '['.repeat(100_000) + ']'.repeat(100_000) },
    /evaluated\.json: /,
  ],
  // JSON of another shape
  ['null', { 'evaluated.json': 'null' }, /the whole file: expected object, got `null`/],
  ['a list', { 'evaluated.json': '[]' }, /the whole file: expected object, got `\[\]`/],
  ['a string', { 'evaluated.json': '"x"' }, /the whole file: expected object, got `"x"`/],
  ['a number', { 'evaluated.json': '1' }, /the whole file: expected object, got `1`/],
  ['an empty object', { 'evaluated.json': '{}' }, /schemaVersion: expected `1`, got nothing/],
  ['closure.json for evaluated.json', { 'evaluated.json': good['closure.json'] }, /evaluated\.json: /],
  // versions
  ['a newer schema', top({ schemaVersion: 2 }), /schemaVersion: expected `1`, got `2`/],
  ['a much newer schema', top({ schemaVersion: 2147483647 }), /schemaVersion: expected `1`, got `2147483647`/],
  ['a schema version as text', top({ schemaVersion: '1' }), /schemaVersion: expected `1`, got `"1"`/],
  ['a negative schema version', top({ schemaVersion: -1 }), /schemaVersion: expected `1`, got `-1`/],
  ['no schema version', top({ schemaVersion: undefined }), /schemaVersion: expected `1`, got nothing/],
  [
    'a newer schema with other fields',
    top({ schemaVersion: 3, packages: 'x' }),
    /schemaVersion: expected `1`, got `3`/,
  ],
  // wrong types
  ['a platform of no kind', top({ platform: 'windows' }), /platform: expected `nixos` or .*, got `"windows"`/],
  ['a host that is a name', top({ host: 'elm' }), /host: expected object, got `"elm"`/],
  ['no host', top({ host: undefined }), /host: expected object, got nothing/],
  ['a host name that is a number', host({ name: 7 }), /host\.name: expected string, got `7`/],
  ['a system that is null', host({ system: null }), /host\.system: expected string, got `null`/],
  ['desktops as text', host({ desktop: 'gnome' }), /host\.desktop: expected array, got `"gnome"`/],
  ['no user', top({ user: null }), /user: expected object, got `null`/],
  ['a user name that is a list', user({ name: ['ann'] }), /user\.name: expected string, got `\["ann"\]`/],
  ['groups as an object', user({ groups: { wheel: true } }), /user\.groups: expected array/],
  ['a group that is null', user({ groups: [null] }), /user\.groups\[0\]: expected string, got `null`/],
  ['home-manager as text', user({ homeManager: 'yes' }), /user\.homeManager: expected boolean, got `"yes"`/],
  ['packages as an object', top({ packages: {} }), /packages: expected array, got `\{\}`/],
  ['a package that is a name', top({ packages: ['ripgrep'] }), /packages\[0\]: expected object, got `"ripgrep"`/],
  ['a package that is null', top({ packages: [first, null] }), /packages\[1\]: expected object, got `null`/],
  ['a package without an id', pkg({ id: undefined }), /packages\[0\]\.id: expected string, got nothing/],
  ['a package with an empty id', pkg({ id: '' }), /packages\[0\]\.id: expected at least `1`, got `""`/],
  ['a version that is a number', pkg({ version: 14.1 }), /packages\[0\]\.version: expected string, got `14\.1`/],
  ['a description that is a list', pkg({ description: ['a'] }), /packages\[0\]\.description: expected string/],
  ['licences as text', pkg({ licenses: 'MIT' }), /packages\[0\]\.licenses: expected array, got `"MIT"`/],
  ['a scope of no kind', pkg({ scopes: ['global'] }), /packages\[0\]\.scopes\[0\]: expected `system` or/],
  ['base as a number', pkg({ base: 0 }), /packages\[0\]\.base: expected boolean, got `0`/],
  ['no declarations', pkg({ declarations: undefined }), /packages\[0\]\.declarations: expected array, got nothing/],
  ['a declaration without a file', declared({ file: undefined }), /declarations\[0\]\.file: expected string/],
  ['a declaration with an empty file', declared({ file: '' }), /declarations\[0\]\.file: expected at least `1`/],
  [
    'an option without places',
    top({ options: [{ option: 'services.x', scope: 'system', places: [], description: null }] }),
    /options\[0\]\.places: expected at least `1`/,
  ],
  [
    'an alias in no shell',
    top({ aliases: [{ name: 'l', shell: 'csh', kind: 'alias', commands: [], files: [] }] }),
    /aliases\[0\]\.shell: expected `fish` or/,
  ],
  ['an agent that is a name', top({ agents: ['codex'] }), /agents\[0\]: expected object, got `"codex"`/],
  [
    'an MCP server of no type',
    top({ mcpServers: [{ name: 'a', type: 'tcp', option: 'x' }] }),
    /mcpServers\[0\]\.type: expected `stdio`/,
  ],
  ['inputs as an object', top({ flake: { ...evaluated.flake, inputs: {} } }), /flake\.inputs: expected array/],
  ['skipped as a count', top({ skipped: 3 }), /skipped: expected array, got `3`/],
  // what must not be there
  ['an unknown key', top({ secrets: {} }), /the whole file: expected no such key, got `secrets`/],
  ['an unknown key of a package', pkg({ env: { TOKEN: 'x' } }), /packages\[0\]: expected no such key, got `env`/],
  [
    'the arguments of an MCP server',
    top({ mcpServers: [{ name: 'a', type: 'stdio', option: 'x', args: ['--token'] }] }),
    /mcpServers\[0\]: expected no such key, got `args`/,
  ],
  ['a key `__proto__`', { 'evaluated.json': `{"__proto__":{"x":1},${text.slice(1)}` }, /got `__proto__`/],
  ['a key of control characters', top({ '\u001b[2Jx': 1 }), /got `\\u\{1b\}\[2Jx`/],
  ['a key from right to left', top({ [rtl]: 1 }), /got `\\u\{202e\}gpj\.exe\\u\{2066\}`/],
  ['a huge key', top({ [long]: 1 }), /got `x{59}…`/],
  // sizes and characters
  ['a huge id', pkg({ id: long }), /packages\[0\]\.id: expected at most `1000`, got `"x{58}…`/],
  ['a huge file name', declared({ file: long }), /declarations\[0\]\.file: expected at most `4096`/],
  [
    'a huge number',
    { 'evaluated.json': text.replace('"schemaVersion":1', '"schemaVersion":1e999') },
    /schemaVersion: expected `1`/,
  ],
  [
    'a command name like a path',
    commands({ a: ['../../bin/sh'] }),
    /commands\.json: packages\.a\[0\]: expected a file name/,
  ],
  ['an absolute command name', commands({ a: ['/bin/sh'] }), /packages\.a\[0\]: expected a file name/],
  ['a command name with a blank', commands({ a: ['rm -rf'] }), /packages\.a\[0\]: expected a file name/],
  ['a command name with a line break', commands({ a: ['a\nb'] }), /packages\.a\[0\]: expected a file name/],
  ['a command name with an escape', commands({ a: ['\u001b[31mls'] }), /packages\.a\[0\]: .*got `"\\u001b\[31mls"`/],
  ['a command name from right to left', commands({ a: [rtl] }), /packages\.a\[0\]: .*\\u\{202e\}/],
  ['an empty command name', commands({ a: [''] }), /packages\.a\[0\]: expected at least `1`/],
  ['a huge command name', commands({ a: [long] }), /packages\.a\[0\]: expected at most `100`/],
  [
    'a package name like a path',
    commands({ '../../etc/passwd': 'x' }),
    /packages\["\.\.\/\.\.\/etc\/passwd"\]: expected array/,
  ],
  ['a package name of control characters', commands({ '\u0007': 1 }), /packages\["\\u0007"\]: expected array/],
  ['a huge package name', commands({ [long]: [] }), /commands\.json: packages\["x{59}…"\]: /],
  ['commands as a list', commands([]), /packages: expected record|packages: expected object/],
  ['commands cut off', { 'commands.json': '{"schemaVersion":1,"packages":{"a":["b' }, /commands\.json: .*breaks off/],
  [
    'commands of a newer schema',
    { 'commands.json': { schemaVersion: 9, packages: {} } },
    /commands\.json: schemaVersion: expected `1`, got `9`/,
  ],
  // closure
  [
    'a store path with a folder',
    closure({ paths: [{ ...path, path: '/nix/store/x' }] }),
    /closure\.json: paths\[0\]\.path: expected/,
  ],
  [
    'a negative size',
    closure({ paths: [{ ...path, narSize: -1 }] }),
    /paths\[0\]\.narSize: expected at least `0`, got `-1`/,
  ],
  [
    'a size with a fraction',
    closure({ paths: [{ ...path, narSize: 1.5 }] }),
    /paths\[0\]\.narSize: expected int, got `1\.5`/,
  ],
  [
    'a size as text',
    closure({ paths: [{ ...path, narSize: '1' }] }),
    /paths\[0\]\.narSize: expected number, got `"1"`/,
  ],
  ['references as text', closure({ paths: [{ ...path, references: 'a' }] }), /paths\[0\]\.references: expected array/],
  ['roots as a list', closure({ roots: [] }), /roots: expected/],
  ['a closure that is no JSON', { 'closure.json': 'x' }, /closure\.json: expected JSON/],
  // settings
  [
    'a budget of three lines',
    settings({ budget: { lines: 3 } }),
    /settings\.json: budget\.lines: expected at least `20`, got `3`/,
  ],
  ['a budget as text', settings({ budget: { lines: '150' } }), /budget\.lines: expected number, got `"150"`/],
  ['a budget without end', settings({ budget: { lines: 1e12 } }), /budget\.lines: expected at most `10000`/],
  ['a budget with a fraction', settings({ budget: { lines: 99.5 } }), /budget\.lines: expected int/],
  [
    'an unknown setting',
    settings({ colour: 'red' }),
    /settings\.json: the whole file: expected no such key, got `colour`/,
  ],
  ['a folder with a line break', settings({ folder: '~/.claude\n# Obey' }), /folder: expected/],
  ['settings that are a list', settings([]), /settings\.json: the whole file: expected object/],
];

let scratch: string;
let stderr: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'broken-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));
beforeEach(() => {
  rmSync(scratch, { recursive: true });
  mkdirSync(scratch);
  stderr = '';
  vi.spyOn(console, 'error').mockImplementation((line: string) => {
    stderr += `${line}\n`;
  });
});

async function generate(files: Record<string, unknown>, ...options: string[]): Promise<unknown> {
  plantEvidence(join(scratch, 'in'), files);
  return command.run(['--in', join(scratch, 'in'), '--out', join(scratch, 'out'), ...options]);
}

/** The message that the user sees: one that a user can act on, and nothing that a terminal obeys. */
async function refusal(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message, hint, status } = error as UserError;
  expect(status).toBe(2);
  expect(message.length).toBeLessThan(2000);
  expect(message).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(`${message}${hint ?? ''}`).not.toMatch(/\bat .+:\d+:\d+|node:internal|ZodError/);
  return message;
}

test('there are a hundred of them, and no two alike', () => {
  expect(broken.length).toBeGreaterThanOrEqual(100);
  expect(new Set(broken.map(([name]) => name)).size).toBe(broken.length);
});

test('what they differ from is good', async () => {
  expect(await generate(good)).toBe(0);
  expect(stderr).toBe('');
});

test.each(broken)('%s: a clear message, and nothing is written', async (_, files, says) => {
  expect(await refusal(generate({ ...good, ...files }))).toMatch(says);
  expect(readdirSync(scratch)).toEqual(['in']);
});

test('an earlier output stays whole when the next input is broken', async () => {
  await generate(good);
  const before = survey(join(scratch, 'out'));
  await refusal(generate({ ...good, 'closure.json': '{' }));
  expect(survey(join(scratch, 'out'))).toEqual(before);
  expect(readdirSync(scratch).sort()).toEqual(['in', 'out']);
});

test.each([
  ['a file', (out: string) => writeFileSync(out, 'mine')],
  ['a folder with other files', (out: string) => plantEvidence(out, { 'notes.md': 'mine' })],
  [
    'a folder with a manifest of something else',
    (out: string) => plantEvidence(out, { 'intelligence/manifest.json': '{"name":"other"}' }),
  ],
])('--out is %s: it stays as it is', async (_, plant) => {
  plant(join(scratch, 'out'));
  const before = JSON.stringify(survey(scratch));
  plantEvidence(join(scratch, 'in'), good);
  expect(await refusal(generate(good))).toMatch(/expected an empty or new folder, or an earlier output, got/);
  rmSync(join(scratch, 'in'), { recursive: true });
  expect(JSON.stringify(survey(scratch))).toBe(before);
});

test.each([
  ['--max-lines', 'many'],
  ['--max-lines', '3'],
  ['--max-tokens', '0'],
  ['--max-tokens', 'NaN'],
])('%s %s is refused', async (option, value) => {
  expect(await refusal(generate(good, option, value))).toContain(`${option}: `);
});

test('an input folder that is not there', async () => {
  const run = command.run(['--in', join(scratch, 'none'), '--out', join(scratch, 'out')]);
  expect(await refusal(run)).toMatch(/expected a folder with `evaluated.json`, got `.*none`/);
});

test('evaluated.json is a folder', async () => {
  plantEvidence(join(scratch, 'in'), { 'evaluated.json/x': '' });
  expect(await refusal(generate({}))).toMatch(/evaluated\.json: expected a file, got a folder/);
});

/** A snapshot that cannot be used is no error: the rest is written, and the manifest and a warning say so. */
describe.each(Object.values(snapshots).map(({ file }) => file))('%s', (file) => {
  test.each([
    ['cut off', '{"schemaVersion": 1, "ta', /breaks off/],
    ['empty', '', /empty file/],
    ['of another kind', good['closure.json'], /expected/],
    ['of a newer schema', { schemaVersion: 99 }, /schemaVersion: expected `1`, got `99`/],
    ['a list', [], /expected object/],
    ['binary', Buffer.from([0xff, 0x00]), /expected UTF-8 text/],
    ['with control characters in a key', { schemaVersion: 1, '\u001b]0;x\u0007': 1 }, /expected/],
  ])('%s: a warning, and the rest is written', async (_, content, says) => {
    expect(await generate({ ...good, [file]: content })).toBe(0);
    expect(stderr).toMatch(new RegExp(`warning: ${file} is left out`));
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    const manifest = JSON.parse(readFileSync(join(scratch, 'out/intelligence/manifest.json'), 'utf8'));
    expect(manifest.rejected.map(({ file }: { file: string }) => file)).toEqual([file]);
    expect(readFileSync(join(scratch, 'out/CLAUDE.md'), 'utf8')).toContain(
      `the ${basename(file, '.json')} snapshot could not be used`,
    );
  });
});
