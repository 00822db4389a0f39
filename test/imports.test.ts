import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Module -> the modules that it imports, as paths below `generators/`; imports of types count. */
const imports = new Map(
  readdirSync(join(root, 'generators'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => [path, importsOf(path)] as const),
);

function importsOf(module: string): string[] {
  const text = readFileSync(join(root, 'generators', module), 'utf8');
  const specifiers = [...text.matchAll(/\b(?:from|import\()\s*'(\.[^']+\.tsx?)'/g)].map(
    ([, specifier]) => specifier ?? '',
  );
  return specifiers.map((specifier) => normalize(join(dirname(module), specifier)));
}

/** Folder below `generators/` -> its layer, from the table in docs/architecture.md; `*.ts` are the leaf helpers. */
const layers = new Map(
  [...readFileSync(join(root, 'docs/architecture.md'), 'utf8').matchAll(/^\| (\d) \| ([^|]+) \|/gm)].flatMap(
    ([, layer, folders]) =>
      [...(folders ?? '').matchAll(/`(?:generators\/)?([^/`]+)/g)].map(
        ([, folder]) => [folder, Number(layer)] as const,
      ),
  ),
);

function folderOf(module: string): string {
  if (module === 'cli.ts') return 'commands';
  return module.includes('/') ? (module.split('/')[0] ?? '') : '*.ts';
}

test('every folder has a layer', () => {
  const folders = new Set([...imports.keys()].map(folderOf));
  expect([...folders].filter((folder) => !layers.has(folder))).toEqual([]);
});

test('a module imports only from its own folder and from earlier layers', () => {
  const layerOf = (folder: string): number => layers.get(folder) ?? Number.NaN;
  const wrong = [...imports].flatMap(([module, imported]) =>
    imported
      .filter(
        (other) => folderOf(other) !== folderOf(module) && !(layerOf(folderOf(other)) < layerOf(folderOf(module))),
      )
      .map((other) => `${module} -> ${other}`),
  );
  expect(wrong).toEqual([]);
});

test('no modules import each other in a cycle', () => {
  // Modules that import nothing, or that nothing imports, are in no cycle; without them others become such modules.
  const left = new Map([...imports].map(([module, imported]) => [module, new Set(imported)]));
  for (let before = Number.NaN; before !== left.size; ) {
    before = left.size;
    const imported = new Set([...left.values()].flatMap((others) => [...others]));
    for (const [module, others] of left) {
      const live = [...others].filter((other) => left.has(other));
      if (live.length === 0 || !imported.has(module)) left.delete(module);
    }
  }
  expect([...left.keys()].sort()).toEqual([]);
});
