"""Pictures as plain shapes: drawn once here, painted by widgets on screen and by documents on paper."""
