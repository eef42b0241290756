"""Developer scripts: nothing here ships."""
