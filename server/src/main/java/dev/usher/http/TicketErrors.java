package dev.usher.http;

import java.util.List;

/** The refusals around tickets: links and tokens that let somebody in once. */
public final class TicketErrors {
    private TicketErrors() {}

    public static Refusal ticketInvalid() {
        return new Refusal(400, "ticket_invalid_code", "ticket invalid", "This link leads to nothing.");
    }

    public static Refusal ticketExpired() {
        return new Refusal(400, "ticket_expired_code", "ticket expired", "This link was not used in time.");
    }

    // Sign-in tokens.

    public static Refusal signInTokenUsed() {
        return new Refusal(
                400, "sign_in_token_already_used_code", "already used", "This sign-in token has been used already.");
    }

    public static Refusal signInTokenRevoked() {
        return new Refusal(400, "sign_in_token_revoked_code", "revoked", "This sign-in token has been taken back.");
    }

    public static Refusal signInTokenNotForSignUp() {
        return new Refusal(
                400,
                "sign_in_token_cannot_be_used_code",
                "cannot be used here",
                "A sign-in token lets an existing user in and makes no account.");
    }

    public static Refusal signInTokenOfAnother() {
        return new Refusal(
                400,
                "sign_in_token_not_in_sign_in_code",
                "not of this sign-in",
                "This sign-in token belongs to another user than this sign-in.");
    }

    public static Refusal signInTokenNotRevocable() {
        return new Refusal(
                400,
                "sign_in_token_cannot_be_revoked_code",
                "cannot be revoked",
                "Only a pending sign-in token can be taken back.");
    }

    // Actor tokens.

    public static Refusal actorTokenUsed() {
        return new Refusal(
                400, "actor_token_already_used_code", "already used", "This actor token has been used already.");
    }

    public static Refusal actorTokenRevoked() {
        return new Refusal(400, "actor_token_revoked_code", "revoked", "This actor token has been taken back.");
    }

    public static Refusal actorTokenNotForSignUp() {
        return new Refusal(
                400,
                "actor_token_cannot_be_used_code",
                "cannot be used here",
                "An actor token acts as an existing user and makes no account.");
    }

    public static Refusal actorTokenOfAnother() {
        return new Refusal(
                400,
                "actor_token_not_in_sign_in_code",
                "not of this sign-in",
                "This actor token belongs to another user than this sign-in.");
    }

    public static Refusal actorTokenNotRevocable() {
        return new Refusal(
                400,
                "actor_token_cannot_be_revoked_code",
                "cannot be revoked",
                "Only a pending actor token can be taken back.");
    }

    // What an actor may not do.

    public static Refusal forbiddenToActor() {
        return new Refusal(
                403, "resource_forbidden", "forbidden", "Whoever acts as another user may not change their account.");
    }

    public static Refusal noSessionBesideActor() {
        return new Refusal(
                409,
                "session_creation_not_allowed",
                "session not allowed",
                "While somebody acts as another user here, nobody else can sign in. Sign out first.");
    }

    // Invitations to the application.

    public static Refusal invitationAccepted() {
        return new Refusal(
                400, "invitation_already_accepted", "already accepted", "This invitation has already been accepted.");
    }

    public static Refusal invitationRevoked() {
        return new Refusal(400, "revoked_invitation", "revoked", "This invitation has been taken back.");
    }

    public static Refusal invitationRevokedBefore() {
        return new Refusal(
                400, "invitation_already_revoked", "already revoked", "This invitation has been taken back before.");
    }

    /** The prebuilt form of organizations names the addresses. */
    public static Refusal alreadyInvited(List<String> addresses) {
        return new Refusal(
                        400,
                        "duplicate_record",
                        "already invited",
                        "There are pending invitations for " + String.join(", ", addresses) + ".")
                .meta("email_addresses", addresses);
    }

    /** Said to whoever signs up; the way in is a sign-in. */
    public static Refusal invitedAccountExists() {
        return new Refusal(
                400,
                "invitation_account_exists",
                "account exists",
                "There is an account with the invited address already. Sign in instead.");
    }

    /** Said to whoever signs in; SDKs go on with a sign-up. */
    public static Refusal invitedAccountMissing() {
        return new Refusal(
                400,
                "invitation_account_not_exists",
                "no account",
                "There is no account with the invited address yet. Sign up instead.");
    }
}
