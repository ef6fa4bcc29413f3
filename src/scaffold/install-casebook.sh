#!/usr/bin/env bash
# Installs Casebook into ~/.casebook/bin, or into the folder that is named: `bash install-casebook.sh FOLDER`.
# A second run does nothing, unless one of the four lines below has changed.
set -euo pipefail

# A release, such as 0.2.0, and the SHA-256 of its archive for this kind of machine, from the file SHA256SUMS of the release.
version="${CASEBOOK_VERSION:-}"
sha256="${CASEBOOK_SHA256:-}"
# Without a release: the repository to build from, and a commit of it in full. This needs Rust, and takes some minutes.
repository="${CASEBOOK_REPOSITORY:-https://github.com/casebook-rs/casebook}"
commit="${CASEBOOK_COMMIT:-}"

folder="${1:-$HOME/.casebook/bin}"
stamp="$folder/casebook.installed"
wanted="$repository $version $sha256 $commit"

fail() {
  echo "install-casebook: $*" >&2
  exit 1
}

target() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) echo aarch64-unknown-linux-musl ;;
    Darwin-x86_64) echo x86_64-apple-darwin ;;
    Darwin-arm64) echo aarch64-apple-darwin ;;
    MINGW*-x86_64 | MSYS*-x86_64) echo x86_64-pc-windows-msvc ;;
    *) fail "no release has a program for $(uname -s) on $(uname -m); leave \`version\` empty and set \`commit\`" ;;
  esac
}

# Downloads the archive of the release. Only the bytes of the checksum are unpacked.
download() {
  local name actual
  name="casebook-$version-$(target)"
  [[ "$sha256" =~ ^[0-9a-f]{64}$ ]] ||
    fail "set \`sha256\` to the line of $name.tar.gz in $repository/releases/download/v$version/SHA256SUMS"
  curl --fail --silent --show-error --location --proto-redir '=https' --retry 3 \
    --output "$work/archive" "$repository/releases/download/v$version/$name.tar.gz"
  if command -v sha256sum >/dev/null; then
    actual="$(sha256sum <"$work/archive")"
  else
    actual="$(shasum -a 256 <"$work/archive")"
  fi
  [ "${actual%% *}" = "$sha256" ] || fail "$name.tar.gz has the checksum ${actual%% *} and not $sha256; nothing was installed"
  tar -xzf "$work/archive" -C "$work"
  mv "$work/$name" "$work/bin"
}

# Builds the commit. A branch or a tag can move to other code; a commit cannot.
build() {
  [[ "$commit" =~ ^[0-9a-f]{40}$ ]] ||
    fail "set \`version\` and \`sha256\` of a release, or \`commit\` to the 40 digits of a commit of $repository"
  command -v cargo >/dev/null || fail "a build needs Rust: https://rustup.rs"
  cargo install --locked --git "$repository" --rev "$commit" --root "$work" casebook
}

if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  if [ -n "$version" ]; then download; else build; fi
  mkdir -p "$folder"
  rm -f "$stamp"
  mv -f "$work"/bin/casebook* "$folder"
  echo "$wanted" >"$stamp"
fi
# Later steps of a GitHub workflow find the program; Windows does so by its own form of a path.
if [ -n "${GITHUB_PATH:-}" ]; then
  if command -v cygpath >/dev/null; then cygpath --windows "$folder"; else echo "$folder"; fi >>"$GITHUB_PATH"
fi
"$folder/casebook" --version
