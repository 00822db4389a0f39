_: abort "no packages"
