"""一企一档: everything that concerns one organisation, as far as the viewer may see. Begin with `dossier`."""
