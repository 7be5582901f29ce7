"""Workbooks in and out: untrusted ones read in a child process with limits, layouts recognised, sheets written.

The only room that knows XlsxWriter and openpyxl. Rules stay in ``domain``: here is where a cell lies, not what it is worth.
"""
