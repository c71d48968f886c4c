package dev.usher.backend;

import dev.usher.http.Router;
import dev.usher.instance.Instances;
import dev.usher.token.JwtTemplates;

/** The Backend API, resource by resource. */
public final class BackendApi {
    private final InstanceRoutes instance;
    private final JwtTemplateRoutes jwtTemplates;

    public BackendApi(Instances instances, JwtTemplates jwtTemplates) {
        this.instance = new InstanceRoutes(instances);
        this.jwtTemplates = new JwtTemplateRoutes(jwtTemplates);
    }

    public void mount(Router backend) {
        instance.mount(backend);
        jwtTemplates.mount(backend);
    }
}
