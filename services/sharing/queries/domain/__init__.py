"""The rules of queries (27, 22). Pure: `acts` has the rows, `case` the query and its states. Begin with `acts`."""
