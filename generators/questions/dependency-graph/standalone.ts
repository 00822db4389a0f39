import type { Closure } from '../../evidence/closure.ts';
import { storeLabel } from '../../store-name.ts';

/** The C library and what it needs: every program has them. */
const runtime = /^(?:glibc|musl|libgcc|gcc-.*-lib|.*-libgcc|xgcc-.*|libidn2|libunistring|tzdata|libiconv)(?:-|$)/;

/** The packages with one installed output that need nothing but the C library: package ids. */
export function standalonePackages({ roots, paths }: Closure): Set<string> {
  const references = new Map(paths.map((one) => [one.path, one.references]));
  const needsOther = (path: string, own: ReadonlySet<string>): boolean => {
    const seen = new Set<string>([path]);
    for (const current of seen) {
      for (const next of references.get(current) ?? []) {
        if (own.has(next)) continue;
        if (!runtime.test(storeLabel(next))) return true;
        seen.add(next);
      }
    }
    return false;
  };
  return new Set(
    Object.entries(roots).flatMap(([id, outputs]) => {
      const own = new Set(outputs);
      const isKnown = outputs.every((output) => references.has(output));
      return outputs.length > 0 && isKnown && !outputs.some((output) => needsOther(output, own)) ? [id] : [];
    }),
  );
}
