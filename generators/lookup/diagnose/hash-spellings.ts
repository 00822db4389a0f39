const nix32 = '0123456789abcdfghijklmnpqrsvwxyz';

/** The ways to write a hash that Nix prints as `sha256-…`: as it is, in base 16, in Nix's base 32; then its beginning. */
export function hashSpellings(hash: string): string[] {
  const base64 = /^sha\d+-([A-Za-z0-9+/]+=*)$/.exec(hash)?.[1];
  if (base64 === undefined) return [hash];
  const bytes = Buffer.from(base64, 'base64');
  // Nix clears unused bits of the last digit before it prints a hash.
  return [hash, bytes.toString('hex'), inBase32(bytes), hash.replace(/.=+$/, '')];
}

/** As Nix does it: five bits a digit, the last byte first. */
function inBase32(bytes: Buffer): string {
  const length = Math.ceil((bytes.length * 8) / 5);
  let text = '';
  for (let digit = length - 1; digit >= 0; digit -= 1) {
    const bit = digit * 5;
    const [index, shift] = [Math.floor(bit / 8), bit % 8];
    const value = ((bytes[index] ?? 0) >> shift) | ((bytes[index + 1] ?? 0) << (8 - shift));
    text += nix32[value & 31];
  }
  return text;
}
