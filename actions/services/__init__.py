"""Writes about actions."""
