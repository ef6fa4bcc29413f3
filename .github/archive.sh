#!/usr/bin/env bash
# Packs a program that is built into the archive of a release: `bash .github/archive.sh BINARY TARGET FOLDER`. The
# program on this machine writes its own completions and manual pages.
set -euo pipefail

binary="$1"
name="casebook-$("$binary" --version | cut -d ' ' -f 2)-$2"
mkdir -p "$3"
into="$(cd "$3" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/$name/completions" "$work/$name/man"
cp "$binary" README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$work/$name"
for shell in bash elvish fish powershell zsh; do
  "$binary" completions "$shell" >"$work/$name/completions/casebook.$shell"
done
"$binary" man >"$work/$name/man/casebook.1"
"$binary" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' | while read -r command; do
  if [ "$command" != help ]; then "$binary" man "$command" >"$work/$name/man/casebook-$command.1"; fi
done
tar -czf "$into/$name.tar.gz" -C "$work" "$name"
echo "$into/$name.tar.gz"
