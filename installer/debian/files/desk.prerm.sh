#!/bin/sh
set -e
# What was compiled at installation is in no list of dpkg's.
find @FOLDER@/program -type d -name __pycache__ -prune -exec rm -rf {} +
exit 0
