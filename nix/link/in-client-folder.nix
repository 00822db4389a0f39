# What is linked in the folder of Claude Code beside the context, whatever else is there.
{
  # The client's folder, as the targets are to be written.
  folder,
  # The user's output, see ../output.nix.
  output,
  # The user's `links`, see ../options.nix.
  links,
}:
[
  {
    source = "${output}/intelligence";
    target = "${folder}/intelligence";
    onConflict = "aside";
  }
]
++ map (link: {
  inherit (link) source onConflict;
  target = "${folder}/${link.target}";
}) links
