# What the build makes of it: the commands of packages, no store paths, and a damaged snapshot that
# stops nothing.
{
  runCommandLocal,
  nodejs,
  output,
}:
runCommandLocal "output"
  {
    nativeBuildInputs = [ nodejs ];
    inherit output;
  }
  ''
    node ${./check-output.mjs} "$output"
    touch $out
  ''
