package dev.usher.http;

import java.util.List;

/** The refusals around organizations, by their published codes and statuses. */
public final class OrganizationErrors {
    private OrganizationErrors() {}

    // Organizations.

    /** Said of unknown organizations and of those of strangers alike, so that nobody learns which exist. */
    public static Refusal notFoundOrUnauthorized() {
        return new Refusal(
                404,
                "organization_not_found_or_unauthorized",
                "not found",
                "The organization does not exist, or you are not a member of it.");
    }

    public static Refusal missingPermission(String permission) {
        return new Refusal(
                        403,
                        "missing_organization_permission",
                        "permission missing",
                        "Your role in this organization does not allow this.")
                .meta("permissions", List.of(permission));
    }

    public static Refusal creationDisabled() {
        return new Refusal(
                403, "user_create_organization_not_enabled", "not enabled", "You may not create organizations here.");
    }

    public static Refusal creatorNotFound() {
        return new Refusal(
                400,
                "organization_creator_not_found",
                "creator not found",
                "Whoever is to create the organization is no user of this instance.");
    }

    public static Refusal tooManyOrganizations(int most) {
        return new Refusal(
                403,
                "organization_quota_exceeded",
                "too many organizations",
                "A user may create " + most + " organizations at most.");
    }

    public static Refusal adminDeleteDisabled() {
        return new Refusal(
                403,
                "organization_admin_delete_not_enabled",
                "deletion disabled",
                "This organization cannot be deleted by its members.");
    }

    public static Refusal slugsDisabled() {
        return new Refusal(
                403, "organization_slugs_disabled", "slugs disabled", "Organizations have no slugs in this instance.");
    }

    public static Refusal tooLong(String param, int most) {
        return new Refusal(
                        422,
                        "form_param_max_length_exceeded",
                        "is too long",
                        "The field " + param + " may have " + most + " characters at most.")
                .param(param);
    }

    public static Refusal domainsDisabled() {
        return new Refusal(
                403, "organization_domains_not_enabled", "not enabled", "Organizations have no domains here.");
    }

    // Members.

    /** The prebuilt form takes the address out of the long message. */
    public static Refusal alreadyMember(String identifier) {
        return new Refusal(
                400,
                "already_a_member_in_organization",
                "already a member",
                identifier + " is already a member of the organization.");
    }

    public static Refusal noSeatLeft(int most) {
        return new Refusal(
                403,
                "organization_membership_quota_exceeded",
                "no seat left",
                "The organization may have " + most + " members at most, outstanding invitations included.");
    }

    public static Refusal lastInCharge() {
        return new Refusal(
                400,
                "organization_minimum_permissions_needed",
                "somebody must be left in charge",
                "The organization needs a member who may manage its members and delete it.");
    }

    // Invitations.

    public static Refusal invitationNotFound() {
        return new Refusal(
                404, "organization_invitation_not_found", "not found", "There is no such invitation for you.");
    }

    public static Refusal invitationNotPending() {
        return new Refusal(
                404, "organization_invitation_not_pending", "not pending", "This invitation is no longer pending.");
    }

    public static Refusal invitationAccepted() {
        return new Refusal(
                400,
                "organization_invitation_already_accepted",
                "already accepted",
                "This invitation has already been accepted.");
    }

    public static Refusal invitationRevoked() {
        return new Refusal(
                400, "organization_invitation_revoked_code", "revoked", "This invitation has been taken back.");
    }

    // Roles and permissions.

    public static Refusal tooManyRoles() {
        return new Refusal(
                403, "organization_instance_roles_quota_exceeded", "too many roles", "No more roles can be made.");
    }

    public static Refusal roleIsForCreators() {
        return new Refusal(
                422,
                "organization_role_default_creator_role",
                "role is in use",
                "Whoever makes an organization gets this role.");
    }

    public static Refusal roleIsDefault() {
        return new Refusal(
                422,
                "organization_role_domain_default_role",
                "role is in use",
                "New members get this role where no other is named.");
    }

    public static Refusal roleIsHeld() {
        return new Refusal(422, "organization_role_assigned_members", "role is in use", "Members have this role.");
    }

    public static Refusal roleIsOffered() {
        return new Refusal(
                422, "organization_role_exists_in_invitations", "role is in use", "Invitations name this role.");
    }

    public static Refusal creatorsNeed(List<String> permissions) {
        return new Refusal(
                422,
                "organization_missing_creator_role_permissions",
                "permission needed",
                "Whoever makes an organization needs " + String.join(", ", permissions) + ".");
    }

    public static Refusal permissionIsGranted() {
        return new Refusal(
                409,
                "organization_role_permission_association_exists",
                "already granted",
                "The role allows this already.");
    }

    public static Refusal permissionIsNotGranted() {
        return new Refusal(
                404,
                "organization_role_permission_association_not_found",
                "not granted",
                "The role does not allow this.");
    }

    public static Refusal systemPermission() {
        return new Refusal(
                403,
                "organization_system_permission_not_modifiable",
                "system permission",
                "System permissions cannot be changed.");
    }
}
