"""`python -m sutura`: what `./sutura` hands over to."""

from sutura.config.console import main

raise SystemExit(main())
