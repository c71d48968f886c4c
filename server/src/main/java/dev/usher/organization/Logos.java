package dev.usher.organization;

import dev.usher.base.Ids;
import dev.usher.http.OrganizationErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The pictures of organizations. */
public final class Logos {
    private final Organizations organizations;
    private final Ids ids;

    public Logos(Organizations organizations, Ids ids) {
        this.organizations = organizations;
        this.ids = ids;
    }

    /** The picture of that id, which never changes. */
    public Optional<Picture> find(Tx tx, String instanceId, String id) {
        return tx.query(
                        "select content_type, content from organization_logo where id = :id and instance_id = :instance")
                .bind("id", id)
                .bind("instance", instanceId)
                .map((row, context) -> new Picture(row.getString("content_type"), row.getBytes("content")))
                .findOne();
    }

    /** Gives the organization another picture. */
    public Organization set(WriteTx tx, Instance instance, Organization organization, Picture picture, Instant now) {
        String id = ids.next("img", now);
        forget(tx, organization);
        tx.update("""
                insert into organization_logo (id, instance_id, organization_id, content_type, content, created_at)
                values (:id, :instance, :organization, :type, :content, :now)
                """)
                .bind("id", id)
                .bind("instance", instance.id())
                .bind("organization", organization.id())
                .bind("type", picture.contentType())
                .bind("content", picture.content())
                .bind("now", now.toEpochMilli())
                .execute();
        return change(tx, instance, organization, Optional.of(id), now);
    }

    /** Takes the picture away. */
    public Organization remove(WriteTx tx, Instance instance, Organization organization, Instant now) {
        if (organization.logoId().isEmpty()) throw OrganizationErrors.noSuchImage();
        forget(tx, organization);
        return change(tx, instance, organization, Optional.empty(), now);
    }

    private static void forget(WriteTx tx, Organization organization) {
        tx.update("delete from organization_logo where organization_id = :organization")
                .bind("organization", organization.id())
                .execute();
    }

    private Organization change(
            WriteTx tx, Instance instance, Organization organization, Optional<String> logoId, Instant now) {
        return organizations.update(tx, instance, organization, one -> withLogo(one, logoId), now);
    }

    private static Organization withLogo(Organization organization, Optional<String> logoId) {
        return new Organization(
                organization.id(),
                organization.name(),
                organization.slug(),
                organization.maxAllowedMemberships(),
                organization.membersCount(),
                organization.pendingInvitationsCount(),
                organization.adminDeleteEnabled(),
                organization.publicMetadata(),
                organization.privateMetadata(),
                organization.createdBy(),
                logoId,
                organization.createdAt(),
                organization.updatedAt());
    }
}
