import type { z } from 'zod';
import { judgeWriter } from './judge-source.ts';

/**
 * The module that stands in for a file of schemas in the bundle.
 *
 * @param file what `realSchemas()` of the module `real` has the schemas of this file under
 * @param exported what the file itself exports
 * @param runtime the module of {@link plainSchema}
 */
export function moduleSource(
  file: string,
  exported: Readonly<Record<string, unknown>>,
  { runtime, real }: { runtime: string; real: string },
): string {
  const judges = judgeWriter();
  const lines = Object.entries(exported).map(([name, value]) => {
    if (!isSchema(value)) return `export const ${name} = ${JSON.stringify(value)};\n`;
    const zod = `() => realSchemas()['${file}'].${name}`;
    return `export const ${name} = /* @__PURE__ */ plainSchema(${judges.nameOf(value)}, ${zod});\n`;
  });
  return [
    `import { plainSchema } from '${runtime}';\n`,
    `import { realSchemas } from '${real}';\n`,
    judges.source(),
    ...lines,
  ].join('');
}

function isSchema(value: unknown): value is z.core.$ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}
