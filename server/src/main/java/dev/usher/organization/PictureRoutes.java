package dev.usher.organization;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.store.Store;
import java.util.Optional;

/** The pictures that pages show. */
final class PictureRoutes {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Store store;
    private final Logos logos;

    PictureRoutes(Store store, Logos logos) {
        this.store = store;
        this.logos = logos;
    }

    void mount(Router pages) {
        pages.add("GET", OrganizationJson.PICTURES + "{id}", this::picture);
    }

    private Reply picture(Exchange exchange) {
        Optional<Picture> found =
                store.read(tx -> logos.find(tx, exchange.site().id(), exchange.param("id")));
        Picture picture = found.orElseThrow(Errors::noSuchRoute);
        return Reply.bytes(200, picture.contentType(), picture.content()).header("Cache-Control", FOR_EVER);
    }
}
