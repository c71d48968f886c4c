package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.base.Secret;
import dev.usher.http.Body;
import dev.usher.http.Exchange;
import dev.usher.http.Paging;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.token.JwtTemplate;
import dev.usher.token.JwtTemplates;
import dev.usher.token.TemplateFields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/jwt_templates}. A key goes in and never comes out. */
final class JwtTemplateRoutes {
    private static final String TEMPLATES = "/v1/jwt_templates";
    private static final String TEMPLATE = TEMPLATES + "/{template_id}";

    private final JwtTemplates templates;

    JwtTemplateRoutes(JwtTemplates templates) {
        this.templates = templates;
    }

    void mount(Router backend) {
        backend.add("GET", TEMPLATES, this::list)
                .add("POST", TEMPLATES, this::create)
                .add("GET", TEMPLATE, exchange -> reply(templates.get(Instance.of(exchange), id(exchange))))
                .add("PATCH", TEMPLATE, this::update)
                .add("DELETE", TEMPLATE, this::delete);
    }

    private static String id(Exchange exchange) {
        return exchange.param("template_id");
    }

    private Reply list(Exchange exchange) {
        Paging paging = Paging.of(exchange);
        List<JwtTemplate> all = templates.all(Instance.of(exchange));
        List<JwtTemplate> part =
                all.stream().skip(paging.offset()).limit(paging.limit()).toList();
        return Lists.listOrPage(exchange, part, JwtTemplateRoutes::json, all.size());
    }

    private Reply create(Exchange exchange) {
        Body body = body(exchange);
        body.required("name");
        body.present("claims", body.object("claims"), claims -> false);
        return reply(templates.create(Instance.of(exchange), fields(body), exchange.now()));
    }

    private Reply update(Exchange exchange) {
        TemplateFields fields = fields(body(exchange));
        return reply(templates.update(Instance.of(exchange), id(exchange), fields, exchange.now()));
    }

    private Reply delete(Exchange exchange) {
        templates.delete(Instance.of(exchange), id(exchange));
        return Lists.deleted("jwt_template", id(exchange));
    }

    private static Body body(Exchange exchange) {
        return exchange.body(
                "name",
                "claims",
                "lifetime",
                "allowed_clock_skew",
                "custom_signing_key",
                "signing_algorithm",
                "signing_key");
    }

    private static TemplateFields fields(Body body) {
        return new TemplateFields(
                body.text("name").value(),
                body.object("claims").value(),
                seconds(body, "lifetime"),
                seconds(body, "allowed_clock_skew"),
                body.flag("custom_signing_key").value(),
                body.text("signing_algorithm").value(),
                body.text("signing_key").value().map(Secret::of));
    }

    private static Optional<Duration> seconds(Body body, String name) {
        return body.number(name).value().map(Duration::ofSeconds);
    }

    private static Reply reply(JwtTemplate template) {
        return Reply.bare(json(template));
    }

    private static ObjectNode json(JwtTemplate template) {
        ObjectNode json = Json.object().put("object", "jwt_template").put("id", template.id());
        json.put("name", template.name());
        json.set("claims", template.claims());
        json.put("lifetime", template.lifetime().toSeconds());
        json.put("allowed_clock_skew", template.allowedClockSkew().toSeconds());
        json.put("custom_signing_key", template.signingAlgorithm().isPresent());
        json.put("signing_algorithm", template.signingAlgorithm().orElse(TemplateFields.OWN_ALGORITHM));
        json.put("created_at", template.createdAt().toEpochMilli());
        return json.put("updated_at", template.updatedAt().toEpochMilli());
    }
}
