package dev.usher.organization;

import dev.usher.base.Ids;
import dev.usher.http.PictureErrors;
import dev.usher.instance.Instance;
import dev.usher.picture.Picture;
import dev.usher.picture.Pictures;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The pictures of organizations. */
public final class Logos {
    private final Organizations organizations;
    private final Pictures pictures;

    public Logos(Organizations organizations, Ids ids) {
        this.organizations = organizations;
        this.pictures = new Pictures(Pictures.Owner.ORGANIZATION, ids);
    }

    /** Gives the organization another picture. */
    public Organization set(WriteTx tx, Instance instance, Organization organization, Picture picture, Instant now) {
        String id = pictures.put(tx, instance, organization.id(), picture, now);
        return change(tx, instance, organization, Optional.of(id), now);
    }

    /** Takes the picture away. */
    public Organization remove(WriteTx tx, Instance instance, Organization organization, Instant now) {
        if (organization.logoId().isEmpty()) throw PictureErrors.noSuchImage();
        pictures.forget(tx, organization.id());
        return change(tx, instance, organization, Optional.empty(), now);
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
