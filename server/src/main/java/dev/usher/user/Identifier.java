package dev.usher.user;

/**
 * An e-mail address or a phone number of a user, as far as the two are alike.
 *
 * @param canSignIn whether its user may sign in with it
 */
public record Identifier(Kind kind, String id, String text, boolean verified, boolean canSignIn) {
    /** What an identifier is; the name is that of its field, its table and its column. */
    public enum Kind {
        EMAIL_ADDRESS("email_address"),
        PHONE_NUMBER("phone_number");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        public String field() {
            return field;
        }

        /** The name of what points to the primary one. */
        public String primaryField() {
            return "primary_" + field + "_id";
        }
    }

    static Identifier of(EmailAddress address) {
        return new Identifier(
                Kind.EMAIL_ADDRESS,
                address.id(),
                address.emailAddress(),
                address.verifiedAt().isPresent(),
                address.canSignIn());
    }

    static Identifier of(PhoneNumber number) {
        return new Identifier(
                Kind.PHONE_NUMBER,
                number.id(),
                number.phoneNumber(),
                number.verifiedAt().isPresent(),
                number.isFirstFactor());
    }
}
