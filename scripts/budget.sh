#!/usr/bin/env bash
# Weighs what a browser loads to make a page live (brotli): wasm, JavaScript and the texts of one language, which every
# page begins with, and the parts that some pages load besides (app/src/page/lazy.rs). Fails above either budget.
. "$(dirname "$0")/lib.sh"

budget=$((300 * 1024))
part_budget=$((60 * 1024))
pkg=target/site/pkg
# cargo-leptos leaves the files of earlier builds in place; hash.txt names the current ones.
hash_of() { awk -v kind="$1:" '$1 == kind { print $2 }' target/release/hash.txt; }

total=0
weigh() { # the file's name in the folder, and how it is called here
  [ -s "$pkg/$1.br" ] || die "$pkg/$1.br is missing: build with cargo leptos build --release --precompress --split"
  bytes=$(wc -c <"$pkg/$1.br")
  total=$((total + bytes))
  printf '   %-14s %8d bytes brotli\n' "$2" "$bytes"
}
judge() { # what, its budget
  printf '   %-14s %8d bytes brotli: %d%% of the budget of %d\n' "$1" "$total" $((100 * total / $2)) "$2"
  [ "$total" -le "$2" ] || die "A page loads more than the budget allows. See docs/development.md."
}

weigh "pilotlight.$(hash_of wasm).wasm" wasm
weigh "pilotlight.$(hash_of js).js" js
weigh "__wasm_split.$(hash_of split).js" "parts' loader"
bytes=$(cat app/src/shell/*.js | sed '/^ *\/\//d' | node -p 'require("zlib").brotliCompressSync(require("fs").readFileSync(0)).length')
total=$((total + bytes))
printf '   %-14s %8d bytes brotli\n' "in the page" "$bytes"
# Of the languages the heaviest.
bytes=$(node -p '
  const fs = require("fs");
  const texts = (node) => typeof node === "string" ? [node] : Object.values(node).flatMap(texts);
  const weight = (file) => {
    const { door, embed, mail, ...groups } = JSON.parse(fs.readFileSync(`app/locales/${file}`, "utf8"));
    return require("zlib").brotliCompressSync(JSON.stringify(texts(groups))).length;
  };
  Math.max(...fs.readdirSync("app/locales").map(weight))')
total=$((total + bytes))
printf '   %-14s %8d bytes brotli\n' texts "$bytes"
judge "a page" "$budget"
manifest=$pkg/__wasm_split_manifest.$(hash_of manifest).json
parts=$(node -p '
  Object.entries(JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")))
    .map(([name, files]) => `${name.replace(/_\d+$/, "")} ${files.join(" ")}`).join("\n")' "$manifest")
while read -r name files; do
  total=0
  for part in $files; do weigh "$(basename "$part" .wasm).wasm" "${name//_/ }"; done
  judge "${name//_/ }" "$part_budget"
done <<<"$parts"
