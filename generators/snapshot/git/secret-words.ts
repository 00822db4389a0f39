/** Words before a possible secret. */
const secretWord =
  /\b(?:pass(?:word|wd|wort|phrase|code)s?|kennw(?:ort|örter)|pws?|pwds?|psk|pins?|puk|tan|otp|totp|hotp|tokens?|secrets?|credentials?|creds?|bearer|mnemonics?|seeds?|recovery|logins?|unlock|keys?|api-?keys?|cvv|cvc|iban)\b/gi;
/** Everyday words: a secret follows only after a sign or as a number. */
const weakSecretWord =
  /\b(?:pass|codes?|account|user(?:name)?|serial|licen[cs]e|combination|ssid|psk|hash|salt|nonce|cookie|session|auth|wpa\d?|wifi|wi-fi|wlan|phone|mobile|born|birthday)\b(?:["'`)]*\s*(?:[:=]|->|→)|\s+(?:is|was)\b|(?:\s+\S+){0,2}?\s+#?\d)/i;

/** `password manager`: the next word shows that the text is about a kind of program, not about a secret. */
const kindOfProgram =
  /^(?:-based|-less|-protected|[-\s]+(?:manager|managers|management|managing|manage|store|stores|storage|prompt|prompts|prompting|generator|generators|generation|database|databases|vault|vaults|hashing|handling|authentication|support|agent|agents|sharing|rotation|provider|provisioning|counter|usage|bindings?|binds?|mappings?|maps?|remapp(?:er|ing)|remaps?|logger|presses|repeat|layouts?|features?|ring|rings|chords?|combos?|screens?|shells?|managers?|boxes|server|servers|daemon|service|encryption|decryption|signing|exchange|consumption|injection))\b/i;
/** The end of the clause, or of its subject. */
const goesOn =
  /^(?:["'`)]*(?:[.!?]?\s*$|[.!?]\s)|\s+(?:and|or|for|in|from|via|using|on|at|when|into|across|if|so|than|while|after|before|until|without)\b)/i;
const isNamedBefore = /\b(?:is|are|was|be|called|named|as)\s+(?:\S+\s+){0,3}$|[=:]\s*(?:\S+\s+){0,2}$|["'`)]\s+$/i;

/**
 * Returns whether a text may contain a secret: a word such as `password` before a value, or `… is the password`.
 * Returns true in doubt.
 */
export function mayStateSecret(text: string): boolean {
  if (weakSecretWord.test(text)) return true;
  for (const found of text.matchAll(secretWord)) {
    const after = text.slice(found.index + found[0].length);
    if (kindOfProgram.test(after)) {
      if (/^[-\s]*\w+\s*[:=]/.test(after)) return true;
      continue;
    }
    if (!goesOn.test(after) || isNamedBefore.test(text.slice(0, found.index))) return true;
    // `password for the router: sesame`
    if (/[:=→]|->|\bis\b|["'`]/.test(after)) return true;
  }
  return false;
}
