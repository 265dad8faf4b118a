"""`python -m bot` is `dailygrad`."""

import sys

from bot.cli import main

sys.exit(main())
