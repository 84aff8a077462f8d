#!/usr/bin/env bash
# Runs the check: annotations for the reviewer, a summary of the job, and SARIF where it is asked for. A finding does not
# end the script, so that the report can be uploaded; the last step of the action does.
set -uo pipefail

# Blanks and line ends separate; `read` says at the end of its input that there is no more.
read -r -d '' -a paths <<< "${PERMLINT_PATHS:-.}" || true
read -r -d '' -a args <<< "${PERMLINT_ARGS:-}" || true
if [ -n "${PERMLINT_SINCE:-}" ]; then
    args+=(--since "$PERMLINT_SINCE")
fi

permlint check --format github ${args[@]+"${args[@]}"} -- "${paths[@]}"
status=$?

if [ "${PERMLINT_SARIF:-}" = true ] && [ "$status" != 2 ]; then
    report=$RUNNER_TEMP/permlint.sarif
    # The annotations' run has added to the summary already.
    GITHUB_STEP_SUMMARY='' permlint check --format sarif --output "$report" ${args[@]+"${args[@]}"} -- "${paths[@]}"
    [ -s "$report" ] && echo "sarif=$report" >> "$GITHUB_OUTPUT"
fi
if [ -n "${PERMLINT_SINCE:-}" ] && [ "$status" != 2 ]; then
    permlint diff --format markdown "$PERMLINT_SINCE" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
echo "status=$status" >> "$GITHUB_OUTPUT"
exit 0
