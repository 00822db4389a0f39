# Any value -> the text in it as valid UTF-8 without string context, or null if it is no text.
#
# `builtins.toJSON` and structured attributes end the evaluation at an invalid byte, and nothing
# catches that. Names and descriptions in a configuration may have them, for example from a file in
# Latin-1; each such byte becomes U+FFFD, as in every other reader of UTF-8.
let
  inherit (builtins)
    concatStringsSep
    fromJSON
    isString
    length
    split
    substring
    unsafeDiscardStringContext
    ;

  # Nix has no escapes for bytes: they are taken out of the UTF-8 of characters.
  char = escapes: fromJSON "\"${escapes}\"";
  lead = escapes: substring 0 1 (char escapes);
  second = escapes: substring 1 1 (char escapes);

  notAscii = "[^${char "\\u0001"}-${char "\\u007f"}]";
  low = second "\\u0080";
  high = second "\\u07ff";
  any = "[${low}-${high}]";
  # Table 3-7 of the Unicode standard: the well-formed sequences of two to four bytes.
  sequence = "(${
    concatStringsSep "|" [
      "[${lead "\\u0080"}-${lead "\\u07ff"}]${any}"
      "${lead "\\u0800"}[${second "\\u0800"}-${high}]${any}"
      "[${lead "\\u1000"}-${lead "\\ucfff"}${lead "\\ue000"}-${lead "\\uffff"}]${any}${any}"
      "${lead "\\ud000"}[${low}-${second "\\ud7ff"}]${any}"
      "${lead "\\ud800\\udc00"}[${second "\\ud800\\udc00"}-${high}]${any}${any}"
      "[${lead "\\ud8c0\\udc00"}-${lead "\\udbbf\\udfff"}]${any}${any}${any}"
      "${lead "\\udbc0\\udc00"}[${low}-${second "\\udbff\\udfff"}]${any}${any}"
    ]
  })";

  repair =
    text:
    concatStringsSep "" (
      map (
        part:
        if isString part then
          concatStringsSep "" (
            map (piece: if isString piece then piece else char "\\ufffd") (split notAscii part)
          )
        else
          builtins.head part
      ) (split sequence text)
    );
in
value:
if !(isString value) then
  null
# No `*` in these expressions: it needs stack for every byte of a long text.
else if length (split notAscii value) == 1 then
  unsafeDiscardStringContext value
else
  repair value
