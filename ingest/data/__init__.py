"""Terminology and lexicons that ship with picograph."""
