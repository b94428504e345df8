"""How Lithuanian writes numbers, where Django has it otherwise: „18 407,00“."""

THOUSAND_SEPARATOR = "\u00a0"
