package dev.usher.backend;

import dev.usher.http.Router;
import dev.usher.instance.Instances;

/** The Backend API, resource by resource. */
public final class BackendApi {
    private final InstanceRoutes instance;

    public BackendApi(Instances instances) {
        this.instance = new InstanceRoutes(instances);
    }

    public void mount(Router backend) {
        instance.mount(backend);
    }
}
