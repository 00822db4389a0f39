import type { Check } from '../call.ts';
import { replacements } from '../modern/replacements.ts';
import type { CompiledRule } from '../schema.ts';
import { providedBy } from '../wording.ts';

/** An old command where an installed new one does the same. */
export const modernCli: Check<Extract<CompiledRule, { rule: 'modern-cli' }>> = {
  command(exec, rule) {
    const offer = rule.replacements.find(({ command }) => command === exec.base);
    if (offer === undefined || exec.remote || !Object.hasOwn(replacements, offer.command)) return null;
    const better = replacements[offer.command]?.rewrite(exec);
    if (!better) return null;
    const note = better.note === undefined ? '' : ` ${better.note}`;
    return {
      reason: `\`${offer.by}\`${providedBy(offer)} is preferred over \`${offer.command}\`: \`${better.line}\`${note}`,
    };
  },
};
