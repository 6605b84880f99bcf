#!/usr/bin/env bash
# Speaks every line of lines.json into lines/<name>.opus: mono, 20 ms frames, about 24 kbit/s.
# The files are committed, so that nobody needs this to run the backend. Needs espeak-ng and opusenc (opus-tools).
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p lines
rm -f lines/*.opus
wav=$(mktemp --suffix=.wav)
trap 'rm -f "$wav"' EXIT

node -e 'for (const [name, text] of Object.entries(require("./lines.json"))) console.log(`${name}\t${text}`)' |
  while IFS=$'\t' read -r name text; do
    espeak-ng -v en-gb+f3 -s 155 -p 55 -w "$wav" "$text"
    # The serial is fixed so that an unchanged line makes an unchanged file.
    opusenc --quiet --downmix-mono --bitrate 24 --framesize 20 --discard-comments --serial 1 "$wav" "lines/$name.opus"
  done
du -ch lines/*.opus | tail -n 1
