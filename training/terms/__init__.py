"""Building the terminology that ships with picograph from files of public packages."""
