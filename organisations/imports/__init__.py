"""A register in somebody's file: what it is, its rows, and what they would change.

Nothing in here knows Django. Files of strangers are opened only in a child process
(`child`) that may use little memory and time and is given no secrets.
"""
