"""One module a kind of sheet (ledger, card, crosstab, form …): a grid in, its facts and problems out."""
