import type { Check } from '../call.ts';
import type { CompiledRule } from '../schema.ts';
import { declarativeInstalls } from './declarative-installs.ts';
import { destructive } from './destructive.ts';
import { generatedFiles } from './generated-files.ts';
import { modernCli } from './modern-cli.ts';
import { nativeCli } from './native-cli.ts';
import { own } from './own.ts';
import { secrets } from './secrets.ts';

/** What each kind of rule looks at. */
export const checks: { readonly [Kind in CompiledRule['rule']]: Check<Extract<CompiledRule, { rule: Kind }>> } = {
  'modern-cli': modernCli,
  'native-cli': nativeCli,
  'declarative-installs': declarativeInstalls,
  'generated-files': generatedFiles,
  destructive,
  secrets,
  own,
};
