import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const generators = fileURLToPath(new URL('../../generators', import.meta.url));

/** Everything that an import of the module loads: our modules and packages. `import type` and `import()` load nothing. */
function loadedBy(module: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(module)) return loaded;
  loaded.add(module);
  if (!module.endsWith('.ts')) return loaded;
  const text = readFileSync(join(generators, module), 'utf8');
  for (const [, specifier = ''] of text.matchAll(/^(?:import|export)(?! type\b)[^;]*?\sfrom '([^']+)'/gm)) {
    loadedBy(specifier.startsWith('.') ? normalize(join(dirname(module), specifier)) : specifier, loaded);
  }
  return loaded;
}

// An agent waits for a look-up, and zod alone would double its start.
test.each(['why', 'cost', 'option', 'package', 'command-look-up', 'search', 'where', 'input', 'explain'])(
  '%s loads neither schemas nor npm packages',
  (name) => {
    const loaded = [...loadedBy('cli.ts'), ...loadedBy(`commands/${name}.ts`)];
    expect(loaded).toContain('lookup/read-output.ts');
    expect(loaded.filter((module) => !module.endsWith('.ts') && !module.startsWith('node:'))).toEqual([]);
    expect(loaded.filter((module) => module.endsWith('schema.ts'))).toEqual([]);
  },
);
