"""Runs in the bundle before everything else: what a start loads stays, so nothing is looked for to throw away.

Every command turns it on again at its beginning; the window does once it can be used.
"""

import gc

gc.disable()
