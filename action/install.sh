#!/usr/bin/env bash
# Installs permlint into an environment of its own and puts it on the path of the steps that follow.
set -euo pipefail

extras=${PERMLINT_EXTRAS:+[$PERMLINT_EXTRAS]}
if [ -n "${PERMLINT_VERSION:-}" ]; then
    what="permlint$extras==$PERMLINT_VERSION"
else
    what="$GITHUB_ACTION_PATH$extras"
fi
environment=$RUNNER_TEMP/permlint
"${PERMLINT_PYTHON:-python3}" -m venv "$environment"
bin=$environment/bin
[ -d "$bin" ] || bin=$environment/Scripts # on Windows
"$bin/python" -m pip install --quiet --disable-pip-version-check "$what"
echo "$bin" >> "$GITHUB_PATH"
