#!/bin/sh
# A double click on this opens the page.
cd "$(dirname "$0")" && exec ./ziping serve
