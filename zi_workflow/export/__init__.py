"""The log in formats that others read: CSV, CloudEvents, OCEL 2.0, and a bundle that anybody can verify.

Each format is a generator of bytes over rows as they are stored (`Store.alirkan`), so that a log of any length passes through a
few megabytes. Nothing here opens a store or a file, or looks at a clock: the same rows give the same bytes.
"""
