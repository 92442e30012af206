"""Training of the language model that ships with picograph; needs the ``train`` extra and is not part of the wheel."""
