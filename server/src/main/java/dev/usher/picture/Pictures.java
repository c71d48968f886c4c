package dev.usher.picture;

import dev.usher.base.Ids;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** Where the pictures of one kind of owner are kept, one for each. */
public final class Pictures {
    /** Whose pictures they are. */
    public enum Owner {
        USER("user_picture", "user_id", "/images/users/"),
        ORGANIZATION("organization_logo", "organization_id", "/images/organizations/");

        private final String table;
        private final String column;
        private final String path;

        Owner(String table, String column, String path) {
            this.table = table;
            this.column = column;
            this.path = path;
        }

        /** Where browsers find a picture, which never changes under its id. */
        public String url(String origin, String pictureId) {
            return origin + path + pictureId;
        }

        String path() {
            return path;
        }
    }

    private final Owner owner;
    private final Ids ids;

    public Pictures(Owner owner, Ids ids) {
        this.owner = owner;
        this.ids = ids;
    }

    static Optional<Picture> find(Tx tx, Owner owner, String instanceId, String id) {
        return tx.query("select content_type, content from " + owner.table
                        + " where id = :id and instance_id = :instance")
                .bind("id", id)
                .bind("instance", instanceId)
                .map((row, context) -> new Picture(row.getString("content_type"), row.getBytes("content")))
                .findOne();
    }

    /** Keeps a picture in place of the one before and returns its id. */
    public String put(WriteTx tx, Instance instance, String ownerId, Picture picture, Instant now) {
        forget(tx, ownerId);
        String id = ids.next("img", now);
        tx.update("insert into " + owner.table + " (id, instance_id, " + owner.column
                        + ", content_type, content, created_at) values (:id, :instance, :owner, :type, :content, :now)")
                .bind("id", id)
                .bind("instance", instance.id())
                .bind("owner", ownerId)
                .bind("type", picture.contentType())
                .bind("content", picture.content())
                .bind("now", now.toEpochMilli())
                .execute();
        return id;
    }

    /** Deletes the owner's picture, if there is one. */
    public void forget(WriteTx tx, String ownerId) {
        tx.update("delete from " + owner.table + " where " + owner.column + " = :owner")
                .bind("owner", ownerId)
                .execute();
    }
}
