# Shell aliases and abbreviations that the user's files set: their names, and the names of the
# commands in their text. The text itself, which may hold hosts, paths or tokens, goes nowhere.
{
  lib,
  options,
  files,
}:
let
  inherit (builtins)
    attrNames
    concatLists
    concatMap
    elem
    filter
    head
    isAttrs
    isList
    isString
    match
    split
    tail
    ;

  tryOr = import ./try-or.nix;

  strings = filter isString;

  # Commands and keywords behind which another command stands.
  transparent = [
    "sudo"
    "doas"
    "env"
    "command"
    "builtin"
    "exec"
    "nohup"
    "nice"
    "time"
  ];
  keywords = [
    "if"
    "then"
    "else"
    "elif"
    "while"
    "until"
    "do"
    "and"
    "or"
    "not"
    "begin"
    "!"
  ];
  # Behind these stands no command, but a name or a word.
  closing = [
    "for"
    "select"
    "function"
    "fi"
    "done"
    "end"
  ];

  # The words of one simple command -> the commands it runs. An option ends the search, because the
  # word after it may be its argument.
  commandsOf =
    words:
    if words == [ ] then
      [ ]
    else
      let
        word = head words;
      in
      if elem word keywords || match "[A-Za-z_][A-Za-z0-9_]*=.*" word != null then
        commandsOf (tail words)
      # Nor is a command what nobody could type: it may be a token.
      else if builtins.stringLength word > 100 || elem word closing || match "[A-Za-z_][A-Za-z0-9_.+-]*" word == null then
        [ ]
      else
        [ word ] ++ lib.optionals (elem word transparent) (commandsOf (tail words));

  without = pattern: replacement: text: lib.concatStringsSep replacement (strings (split pattern text));

  # Where quotes are of one shell and not of another, or stand within quotes, what is text cannot be told:
  # `\'` is a quote in fish's single quotes and in $'…'; `"$(a "b")"`; in `[[ … ]]`, `((…))` and `${…}` an
  # operator begins no command. Nor are here-documents, arrays and `case` read.
  unclear = ".*(<<[^<]|=\\(|\\\\'|\\[\\[|\\(\\(|\\$\\{[^}]*[|&;\n(`]|\"[^\"]*(`|\\$\\()|(^|[ \t\n;])(case|switch)[ \t\n]).*";
  flat = lib.replaceStrings [ "\n" "<<<" ] [ " ; " "<" ];

  # Rather lose a command than take an argument for one: quoted text, redirections and comments go;
  # what follows a closing bracket may be an argument, so it goes up to the next operator, and so does what
  # follows an `&` within a word, as in an address.
  commands =
    text:
    # Regular expressions over long texts can exhaust the evaluator's stack.
    if builtins.stringLength text > 2000 || match unclear (flat text) != null then
      [ ]
    else
      let
        unquoted = strings (split "'[^']*'|\"([^\"\\]|\\\\(.|\n))*\"|\\\\(.|\n)|#[^\n]*" text);
      in
      # A quote that is not closed, or was taken for an opening one.
      if lib.any (part: match ".*['\"].*" (flat part) != null) unquoted then
        [ ]
      else
        lib.unique (
          concatMap (part: commandsOf (filter (word: word != "") (strings (split "[ \t]+" part)))) (
            strings (
              split "[|&;\n(]+" (
                without "[)`{}][^|&;\n(]*" "" (
                  without "[^ \t\n|&;()<>]&[^ \t\n|&;()][^ \t\n|;()]*" "" (
                    without "[0-9]*&?[<>]+[&|]?[ \t]*[^ \t\n|&;()]*" " " (lib.concatStringsSep "\"\"" unquoted)
                  )
                )
              )
            )
          )
        );

  textOf =
    value:
    if isString value then
      value
    else if isAttrs value then
      # An abbreviation that a function expands has no text.
      lib.findFirst isString "" [
        (value.expansion or null)
        (value.value or null)
      ]
    else if isList value then
      lib.concatStringsSep " " (filter isString value)
    else
      "";

  # Definitions by user files only: NixOS hands its own aliases on to every shell.
  from =
    {
      shell,
      kind,
      option,
    }:
    let
      definitions = filter (definition: files.isUser definition.file && isAttrs definition.value) (
        map (definition: definition // { file = files.plain definition.file; }) option.definitionsWithLocations
      );
      names = lib.unique (concatMap (definition: attrNames definition.value) definitions);
      one =
        name:
        let
          found = commands (builtins.unsafeDiscardStringContext (textOf option.value.${name}));
        in
        {
          inherit name shell kind;
          commands = tryOr [ ] (builtins.deepSeq found found);
          files = lib.unique (map (definition: files.show definition.file) (filter (definition: definition.value ? ${name}) definitions));
        };
      aliases = map one (filter (name: option.value ? ${name}) names);
    in
    tryOr [ ] (builtins.deepSeq aliases aliases);

  at = path: lib.attrByPath path null options;
  source =
    shell: kind: path:
    let
      option = at path;
      enable = at [
        "programs"
        shell
        "enable"
      ];
      # bash is always on in newer NixOS, where the option is gone: hidden, and an error to read.
      enabled =
        shell == "all"
        || enable == null
        || (enable.visible or true) == false
        || tryOr null enable.value == true;
    in
    if option != null && lib.isOption option && enabled then
      from { inherit shell kind option; }
    else
      [ ];
in
concatLists [
  (source "all" "alias" [ "environment" "shellAliases" ])
  (source "all" "alias" [ "home" "shellAliases" ])
  (source "bash" "alias" [ "programs" "bash" "shellAliases" ])
  (source "zsh" "alias" [ "programs" "zsh" "shellAliases" ])
  (source "zsh" "abbreviation" [ "programs" "zsh" "zsh-abbr" "abbreviations" ])
  (source "fish" "alias" [ "programs" "fish" "shellAliases" ])
  (source "fish" "abbreviation" [ "programs" "fish" "shellAbbrs" ])
]
