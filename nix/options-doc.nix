# The option reference, docs/options.md and its searchable page docs/options.html, from the options
# themselves: { markdown; html; }.
{ lib }:
let
  inherit (builtins) concatStringsSep filter;

  # Packages and other values that options only mention must not be needed to document them.
  absent = name: throw "the options' documentation needs `${name}`";

  optionsOf =
    module:
    (lib.evalModules {
      modules = [
        module
        { _module.check = false; }
      ];
      specialArgs = {
        pkgs = absent "pkgs";
        modulesPath = "/modules";
      };
    }).options;

  text = value: if builtins.isString value then value else value.text or "";

  # Roles of the manual ({option}`x`) become plain code spans.
  plain =
    value:
    lib.replaceStrings
      [
        "{option}`"
        "{file}`"
        "{command}`"
        "{env}`"
      ]
      [
        "`"
        "`"
        "`"
        "`"
      ]
      (lib.trim (text value));

  code =
    value:
    let
      written = lib.trim value.text or (lib.generators.toPretty { } value);
    in
    if (value._type or null) == "literalMD" then
      plain written
    else if lib.hasInfix "\n" written then
      "\n\n```nix\n${written}\n```"
    else
      "`${written}`";

  facts =
    option:
    [ "Type: ${option.type}" ]
    ++ lib.optional (option.readOnly or false) "Read-only"
    ++ lib.optional (option ? default) "Default: ${code option.default}"
    ++ lib.optional (option ? example) "Example: ${code option.example}";

  shownName = option: lib.replaceStrings [ "<name>" ] [ "‹name›" ] option.name;

  sections =
    map
      (
        { title, module }:
        {
          inherit title;
          options = filter (
            option:
            option.visible
            && !option.internal
            && lib.hasPrefix "programs.nixos-intelligence" option.name
          ) (lib.optionAttrSetToDocList (optionsOf module));
        }
      )
      [
        {
          title = "NixOS";
          module = ./nixos.nix;
        }
        {
          title = "home-manager";
          module = ./home-manager.nix;
        }
      ];

  markdownOption =
    option:
    concatStringsSep "\n\n" [
      "### `${shownName option}`"
      (plain option.description)
      (concatStringsSep "  \n" (facts option))
    ];

  markdownSection =
    { title, options }:
    concatStringsSep "\n\n" ([ "## ${title}" ] ++ map markdownOption options);

  # The Markdown of descriptions, as far as they use it: paragraphs, code and links.
  inlineHtml =
    markdown:
    let
      # Every second part of a text that is split at its backticks is code.
      parts = lib.splitString "`" (lib.escapeXML markdown);
      linkTo = groups: ''<a href="${builtins.elemAt groups 1}">${builtins.elemAt groups 0}</a>'';
      link = part: if builtins.isString part then part else linkTo part;
      withLinks = part: lib.concatMapStrings link (builtins.split "\\[([^]]+)]\\(([^)]+)\\)" part);
    in
    lib.concatStrings (
      lib.imap0 (
        index: part: if lib.mod index 2 == 1 then "<code>${part}</code>" else withLinks part
      ) parts
    );

  blockHtml =
    markdown:
    let
      block =
        part:
        let
          fence = builtins.match "(.*)```[a-z]*\n(.*)\n```" part;
        in
        if fence != null then
          "<pre>${lib.escapeXML (builtins.elemAt fence 1)}</pre>"
        else
          "<p>${inlineHtml part}</p>";
    in
    lib.concatMapStringsSep "\n" block (
      filter (part: part != "") (lib.splitString "\n\n" markdown)
    );

  htmlOption =
    option:
    let
      name = lib.escapeXML (shownName option);
    in
    ''
      <section class="option">
      <h3><code>${name}</code></h3>
      ${blockHtml (plain option.description)}
      ${concatStringsSep "\n" (map blockHtml (facts option))}
      </section>
    '';

  htmlSection =
    { title, options }:
    ''
      <h2>${title}</h2>
      ${lib.concatMapStrings htmlOption options}'';

  style = ''
    :root { color-scheme: light dark; }
    body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; }
    body { padding: 0 1rem; }
    input { font: inherit; width: 100%; box-sizing: border-box; padding: 0.5rem; }
    .search { position: sticky; top: 0; padding: 0.5rem 0; background: Canvas; }
    .option { border-top: 1px solid GrayText; padding: 0.5rem 0; }
    .option p, h3 { margin: 0.4rem 0; }
    code, pre { font-size: 0.9em; overflow-wrap: anywhere; }
    pre { overflow: auto; }
  '';

  # Without the script the page shows all options.
  script = ''
    const input = document.querySelector('input');
    const options = [...document.querySelectorAll('.option')].map((element) => ({
      element,
      text: element.textContent.toLowerCase(),
    }));
    document.querySelector('.search').hidden = false;
    input.addEventListener('input', () => {
      const words = input.value.toLowerCase().split(/\s+/);
      let count = 0;
      for (const { element, text } of options) {
        element.hidden = !words.every((word) => text.includes(word));
        if (!element.hidden) count += 1;
      }
      document.querySelector('output').value = `''${count} of ''${options.length} options`;
    });
  '';
in
{
  markdown =
    ''
      # Options

      Generated from the modules by `nix build .#options-doc`; do not edit.
      [options.html](options.html) is the same as a page to search.

    ''
    + lib.concatMapStringsSep "\n\n" markdownSection sections
    + "\n";

  html = ''
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Options of nixos-intelligence</title>
    <!-- Generated from the modules by `nix build .#options-doc`; do not edit. -->
    <style>
    ${style}</style>
    <h1>Options of nixos-intelligence</h1>
    <div class="search" hidden>
    <label>Search names and descriptions <input type="search"></label>
    <output></output>
    </div>
    ${lib.concatMapStrings htmlSection sections}<script>
    ${script}</script>
    </html>
  '';
}
