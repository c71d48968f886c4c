package dev.usher.picture;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The pictures that pages show. */
public final class PictureRoutes {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Store store;

    public PictureRoutes(Store store) {
        this.store = store;
    }

    public void mount(Router pages) {
        for (Pictures.Owner owner : Pictures.Owner.values())
            pages.add("GET", owner.path() + "{id}", exchange -> picture(exchange, owner));
        pages.add("GET", Placeholder.PATH + "{name}", PictureRoutes::placeholder);
    }

    private Reply picture(Exchange exchange, Pictures.Owner owner) {
        Optional<Picture> found =
                store.read(tx -> Pictures.find(tx, owner, exchange.site().id(), exchange.param("id")));
        Picture picture = found.orElseThrow(Errors::noSuchRoute);
        return shown(picture.contentType(), picture.content());
    }

    private static Reply placeholder(Exchange exchange) {
        String svg = Placeholder.svg(exchange.param("name")).orElseThrow(Errors::noSuchRoute);
        return shown("image/svg+xml", svg.getBytes(StandardCharsets.UTF_8));
    }

    /** The prebuilt components ask for pictures as other origins do that send no cookies. */
    private static Reply shown(String contentType, byte[] content) {
        return Reply.bytes(200, contentType, content)
                .header("Cache-Control", FOR_EVER)
                .header("Access-Control-Allow-Origin", "*");
    }
}
