"""Machinery without domain: nothing here knows an organisation, a standard or a paper."""
