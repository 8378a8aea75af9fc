#!/bin/sh
# The model of meter.keys.
echo '{"text":"Yes."}'
echo '{"usage":{"in":3100,"out":5}}'
