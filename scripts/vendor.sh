#!/bin/sh
# Fetches the pinned front-end parts from the npm registry and checks them against
# static/vendor/vendor.lock. The results are committed, so neither `make run` nor
# `make test` needs this; run it to prove the files or, with --update, after raising a version.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-.venv/bin/python}
LOCK=static/vendor/vendor.lock
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # fetch NAME VERSION FOLDER
    (cd "$work" && npm pack --silent "$1@$2" >/dev/null 2>&1)
    mkdir -p "$work/$3"
    tar -xzf "$work"/"$(echo "$1" | tr -d @ | tr / -)-$2.tgz" -C "$work/$3" --strip-components=1
}

fetch bootstrap 5.3.8 bootstrap
fetch bootstrap-icons 1.13.2 icons
fetch inter-ui 4.1.1 inter

mkdir -p static/vendor/bootstrap static/fonts/inter static/icons
# The map is not shipped; a comment that names it would stop the hashed static files.
sed '/sourceMappingURL/d' "$work/bootstrap/dist/css/bootstrap.min.css" >static/vendor/bootstrap/bootstrap.min.css
cp "$work/bootstrap/LICENSE" static/vendor/bootstrap/LICENSE
cp "$work/icons/LICENSE" static/icons/LICENSE
cp "$work/inter/LICENSE.txt" static/fonts/inter/LICENSE.txt
"$PYTHON" scripts/build_sprite.py scripts/icons.txt "$work/icons/icons" static/icons/sprite.svg

# One file with Latin and Vietnamese together: split by unicode-range, "Tổ" would lose its
# kerning between T and ổ. The optical size is fixed; weight stays variable.
"$PYTHON" scripts/build_font.py "$work/inter/variable/InterVariable.woff2" static/fonts/inter/Inter.woff2

sums() {
    echo "# name version sha256 file"
    while read -r name version file; do
        echo "$name $version $(sha256sum "$file" | cut -d' ' -f1) $file"
    done <<LIST
bootstrap 5.3.8 static/vendor/bootstrap/bootstrap.min.css
bootstrap-icons 1.13.2 static/icons/sprite.svg
inter-ui 4.1.1 static/fonts/inter/Inter.woff2
LIST
}

if [ "${1:-}" = "--update" ]; then
    sums >"$LOCK"
    echo "Wrote $LOCK."
else
    sums | diff -u "$LOCK" - && echo "Vendored files are those of $LOCK."
fi
