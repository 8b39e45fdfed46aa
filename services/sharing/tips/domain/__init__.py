"""The rules of tips (28). Pure: `acts` has the rows, `case` the tip and its states. Begin with `acts`."""
