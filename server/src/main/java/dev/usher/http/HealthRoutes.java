package dev.usher.http;

import dev.usher.base.Json;
import dev.usher.store.Store;

/** {@code /v1/health}: whether this process can do its work, the database included. */
public final class HealthRoutes {
    private final Store store;

    public HealthRoutes(Store store) {
        this.store = store;
    }

    public void mount(Router frontend) {
        frontend.add("GET", "/v1/health", this::health);
    }

    /** Trouble with the database becomes a 503 at the edge. */
    private Reply health(Exchange exchange) {
        store.read(tx -> tx.query("select 1").mapTo(int.class).one());
        return Reply.bare(Json.object().put("status", "healthy"));
    }
}
