"""What the public may see: the rows ``gallery.*`` of the matrix."""

from core.policy import register_permissions

register_permissions("gallery")
