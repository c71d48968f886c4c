package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.picture.Picture;
import dev.usher.picture.Pictures;
import dev.usher.store.Store;
import dev.usher.store.Tx;

/** {@code /v1/me/profile_image}: the signed-in person's own picture. */
public final class ProfileImageRoutes {
    private static final String PATH = "/v1/me/profile_image";

    private final Store store;
    private final Users users;
    private final CurrentUser currentUser;
    private final ProfileImages images;

    public ProfileImageRoutes(Store store, Users users, CurrentUser currentUser, ProfileImages images) {
        this.store = store;
        this.users = users;
        this.currentUser = currentUser;
        this.images = images;
    }

    public void mount(Router frontend) {
        frontend.add("POST", PATH, this::set).add("DELETE", PATH, this::remove);
    }

    /** Nobody sends a picture's worth of bytes before it is known who they are. */
    private Reply set(Exchange exchange) {
        store.read(tx -> current(tx, exchange));
        Picture picture = Picture.ofUpload(exchange.upload("file", Picture.MOST_BYTES));
        String id = store.write(
                tx -> images.set(tx, Instance.of(exchange), current(tx, exchange), picture, exchange.now()));
        String url = Pictures.Owner.USER.url(Instance.origin(exchange), id);
        return Reply.resource(Json.object()
                        .put("object", "image")
                        .put("id", id)
                        .put("name", id + "." + picture.extension())
                        .put("public_url", url))
                .withClient();
    }

    private Reply remove(Exchange exchange) {
        exchange.form();
        String id = store.write(tx -> images.remove(tx, current(tx, exchange), exchange.now()));
        return Reply.resource(Json.object().put("object", "image").put("id", id).put("deleted", true))
                .withClient();
    }

    private User current(Tx tx, Exchange exchange) {
        return users.find(tx, Instance.of(exchange), currentUser.idOf(tx, exchange))
                .orElseThrow(Errors::authenticationInvalid);
    }
}
