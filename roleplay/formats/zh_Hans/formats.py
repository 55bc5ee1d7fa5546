"""Chinese: Django does not group the digits of long numbers."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
