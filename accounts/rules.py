"""Who may do what with people and tokens: the rows ``accounts.*`` of the matrix."""

from core.policy import register_permissions

register_permissions("accounts")
