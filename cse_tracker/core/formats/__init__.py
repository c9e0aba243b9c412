"""How dates are shown, by language. Found by Django through FORMAT_MODULE_PATH."""
