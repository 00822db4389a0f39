import { isUtf8 } from 'node:buffer';
import type { FileDeclarations } from '../../lang/nix/declarations/declaration.ts';
import { declarations } from '../../lang/nix/declarations/declarations.ts';
import { parse } from '../../lang/nix/parse.ts';

/** In bytes: larger files are generated. */
const maxBytes = 4_000_000;

const nothing: FileDeclarations = { declarations: [], commented: [], unknown: 0, sound: true };
const canDeclare =
  /ackages"?\s*=|fonts\s*=|with\s+pkgs\s*;|pkgs\s*(?:,[^}]*)?\}?\s*:\s*\[|enabled\s*;|enable"?\s*=\s*(?:\(|true|(?:lib\s*\.\s*)?mk(?:Default|Force|If|Override))/;

/** A module that installs the package of its own option: `home.packages = mkIf (cfg.package != null) [ cfg.package ];` */
const ownPackage =
  /(?:home\.p|environment\.systemP)ackages\s*=\s*(?:lib\.)?(?:mkIf\s+(?:\([^()]*\)|[\w.]+)\s*|optional\s+\([^()]*\)\s*)?\[?\s*(?:cfg|config)\.[\w.]+\s*\]?\s*;/g;

/**
 * The declarations in the content of a file. A text without the words that a declaration needs is not parsed, unless
 * the file had declarations before: then a syntax error matters.
 */
export function blobDeclarations(bytes: Buffer, declaredBefore: boolean): FileDeclarations {
  if (bytes.length > maxBytes) return nothing;
  if (!declaredBefore && !canDeclare.test(bytes.toString('latin1').replace(ownPackage, ''))) return nothing;
  const found = declarations(parse(bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')));
  return found.sound && found.declarations.length === 0 && found.commented.length === 0 ? nothing : found;
}
