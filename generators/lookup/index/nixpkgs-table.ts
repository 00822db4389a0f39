import * as z from 'zod';
import { byText } from '../../order.ts';
import { type NixpkgsRow, nixpkgsColumns } from './nixpkgs-columns.ts';
import { writeTable } from './table.ts';

/** What `nix-env --query --available --attr-path --meta --json` prints of a package; other keys are not read. */
const queried = z.record(
  z.string(),
  z.object({
    name: z.string(),
    pname: z.string().optional(),
    version: z.string().optional(),
    meta: z
      .object({
        description: z.string().optional().catch(undefined),
        mainProgram: z.string().optional().catch(undefined),
        broken: z.boolean().optional().catch(undefined),
        insecure: z.boolean().optional().catch(undefined),
        unfree: z.boolean().optional().catch(undefined),
      })
      .optional(),
  }),
);

/**
 * The table of all packages of a nixpkgs.
 *
 * @param packages the parsed answer of nix-env
 * @throws ZodError where it has another form
 */
export function nixpkgsTable(packages: unknown): string {
  const rows = Object.entries(queried.parse(packages)).map(
    ([attribute, { name, pname, version, meta = {} }]): NixpkgsRow => ({
      attribute,
      name: pname ?? name,
      version: version ?? '',
      marks: (['broken', 'insecure', 'unfree'] as const).filter((mark) => meta[mark] === true).join(' '),
      command: meta.mainProgram ?? '',
      description: meta.description ?? '',
    }),
  );
  return writeTable(
    nixpkgsColumns,
    rows.sort((a, b) => byText(a.attribute, b.attribute)),
  );
}
