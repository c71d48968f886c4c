package dev.usher.user;

import dev.usher.base.Ids;
import dev.usher.http.PictureErrors;
import dev.usher.instance.Instance;
import dev.usher.picture.Picture;
import dev.usher.picture.Pictures;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The pictures of users. */
public final class ProfileImages {
    private final Pictures pictures;

    public ProfileImages(Ids ids) {
        this.pictures = new Pictures(Pictures.Owner.USER, ids);
    }

    /** Gives the user another picture and returns its id. */
    public String set(WriteTx tx, Instance instance, User user, Picture picture, Instant now) {
        String id = pictures.put(tx, instance, user.id(), picture, now);
        UserStore.setPicture(tx, user.id(), Optional.of(id), now);
        return id;
    }

    /**
     * Takes the picture away and returns its id.
     *
     * @throws dev.usher.http.Refusal when there is none
     */
    public String remove(WriteTx tx, User user, Instant now) {
        String id = user.pictureId().orElseThrow(PictureErrors::noSuchImage);
        pictures.forget(tx, user.id());
        UserStore.setPicture(tx, user.id(), Optional.empty(), now);
        return id;
    }
}
