package dev.usher.backend;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.picture.Picture;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.ProfileImages;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.util.function.BiConsumer;

/** {@code /v1/users/{user_id}/profile_image}. */
final class ProfileImageRoutes {
    private static final String PATH = "/v1/users/{user_id}/profile_image";

    private final Store store;
    private final Users users;
    private final ProfileImages images;

    ProfileImageRoutes(Store store, Users users, ProfileImages images) {
        this.store = store;
        this.users = users;
        this.images = images;
    }

    void mount(Router backend) {
        backend.add("POST", PATH, this::set).add("DELETE", PATH, this::remove);
    }

    private Reply set(Exchange exchange) {
        Picture picture = Picture.of(exchange.upload("file", Picture.MOST_BYTES));
        return changed(exchange, (tx, user) -> images.set(tx, Instance.of(exchange), user, picture, exchange.now()));
    }

    private Reply remove(Exchange exchange) {
        exchange.body();
        return changed(exchange, (tx, user) -> images.remove(tx, user, exchange.now()));
    }

    private Reply changed(Exchange exchange, BiConsumer<WriteTx, User> change) {
        User user = store.write(tx -> {
            change.accept(tx, find(tx, exchange));
            return find(tx, exchange);
        });
        return UserView.reply(exchange, user);
    }

    private User find(Tx tx, Exchange exchange) {
        return users.find(tx, Instance.of(exchange), exchange.param("user_id"))
                .orElseThrow(() -> Errors.notFound("user", exchange.param("user_id")));
    }
}
