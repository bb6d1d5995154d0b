"""Documents made from the official ELMO schemas, to hold our own statement against them.

`reading` reads the official files into `parts`; `growing` writes one document from them by a plan;
`valid` and `broken` say which documents there are to be; `coverage` counts, from the official
files and not from the plans, what they must have hit; `made` puts both halves together.
"""
