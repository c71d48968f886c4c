package dev.usher.app;

import dev.usher.http.Router;

/** Where routes are mounted: the Frontend API, the Backend API, and pages for people. */
record Doors(Router frontend, Router backend, Router pages) {
    Doors() {
        this(new Router(), new Router(), new Router());
    }
}
