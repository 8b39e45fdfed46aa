"use strict";

SwaggerUIBundle({
    url: "openapi.json", dom_id: "#reference", validatorUrl: null, deepLinking: true, filter: true,
    docExpansion: "list", defaultModelsExpandDepth: 0,
});
