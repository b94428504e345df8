"""Who may score and who may see scores: the rows ``scoring.*`` of the matrix.

A sheet is judged as its assignment is (``submissions.rules``).
"""

from core.policy import register_permissions

register_permissions("scoring")
