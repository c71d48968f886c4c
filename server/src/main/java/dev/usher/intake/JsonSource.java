package dev.usher.intake;

import dev.usher.base.Json;
import dev.usher.user.ImportedUser;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The users of a JSON array, or of JSON objects one after the other, in the form of the Backend API. */
final class JsonSource implements Source {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Set<String> LEFT_OUT = Set.of(
            "backup_codes",
            "external_accounts",
            "enterprise_accounts",
            "saml_accounts",
            "passkeys",
            "web3_wallets",
            "organization_memberships",
            "legal_accepted_at");

    private final MappingIterator<JsonNode> nodes;
    private final Naming naming;
    private final boolean testMode;
    private long line = 1;

    JsonSource(InputStream in, Naming naming, boolean testMode) {
        this.nodes = opened(in);
        this.naming = naming;
        this.testMode = testMode;
    }

    private static MappingIterator<JsonNode> opened(InputStream in) {
        try {
            return MAPPER.readerFor(JsonNode.class).readValues(in);
        } catch (JacksonException e) {
            throw new BrokenFile("the file is no JSON from its start on");
        }
    }

    @Override
    public boolean hasNext() {
        try {
            boolean more = nodes.hasNextValue();
            if (more) line = nodes.currentLocation().getLineNr();
            return more;
        } catch (JacksonException e) {
            throw new BrokenFile("the file is no JSON after the record on line " + line);
        }
    }

    private JsonNode node() {
        try {
            return nodes.nextValue();
        } catch (JacksonException e) {
            throw new BrokenFile("the record on line " + line + " is no JSON");
        }
    }

    @Override
    public void skip(long count) {
        for (long i = 0; i < count && hasNext(); i++) node();
    }

    @Override
    public Entry next() {
        JsonNode node = node();
        if (!(node instanceof ObjectNode object))
            return new Entry.Refused(line, Optional.empty(), "the record is no JSON object");
        Optional<String> id = text(object, "id");
        try {
            Optional<String> totpSecret = Fields.totpSecret(text(object, "totp_secret"));
            return new Entry.Readable(line, id, user(object, id), totpSecret, leftOut(object));
        } catch (Fields.Bad e) {
            return new Entry.Refused(line, id, e.reason());
        }
    }

    private ImportedUser user(ObjectNode object, Optional<String> id) throws Fields.Bad {
        Naming.Ids ids = naming.ids(id, text(object, "external_id"));
        ImportedUser user = new ImportedUser(
                ids.id(),
                Fields.externalId(ids.externalId()),
                Fields.username(text(object, "username")),
                Fields.name("first_name", text(object, "first_name")),
                Fields.name("last_name", text(object, "last_name")),
                Fields.emailAddresses(identifiers(object, "email_address", "email_addresses")),
                Fields.phoneNumbers(identifiers(object, "phone_number", "phone_numbers"), testMode),
                Fields.password(text(object, "password_hasher"), text(object, "password_digest")),
                metadata(object, "public_metadata"),
                metadata(object, "private_metadata"),
                metadata(object, "unsafe_metadata"),
                object.path("banned").asBoolean(false),
                time(object, "created_at"),
                time(object, "last_sign_in_at"));
        return Identified.required(user);
    }

    private static Optional<String> text(ObjectNode object, String field) {
        JsonNode value = object.path(field);
        return value.isString() ? Fields.text(value.stringValue()) : Optional.empty();
    }

    private static List<ImportedUser.Identifier> identifiers(ObjectNode object, String kind, String list)
            throws Fields.Bad {
        Optional<String> primary = text(object, "primary_" + kind + "_id");
        List<JsonNode> nodes = new ArrayList<>();
        object.path(list).forEach(nodes::add);
        nodes.sort(Comparator.comparing((JsonNode one) ->
                primary.filter(one.path("id").asString("")::equals).isEmpty()));
        List<ImportedUser.Identifier> all = new ArrayList<>();
        for (JsonNode one : nodes) {
            if (!one.path(kind).isString()) throw new Fields.Bad("an item of " + list + " has no " + kind);
            boolean verified =
                    one.path("verification").path("status").asString("").equals("verified");
            all.add(new ImportedUser.Identifier(one.path(kind).stringValue(), verified));
        }
        return all;
    }

    private static ObjectNode metadata(ObjectNode object, String field) throws Fields.Bad {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) return Json.object();
        if (value instanceof ObjectNode metadata) return metadata;
        throw new Fields.Bad(field + " is no JSON object");
    }

    /** Epoch milliseconds, or the form of RFC 3339. */
    private static Optional<Instant> time(ObjectNode object, String field) throws Fields.Bad {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) return Optional.empty();
        try {
            return Optional.of(
                            value.isString()
                                    ? Instant.parse(value.stringValue())
                                    : Instant.ofEpochMilli(value.longValue()))
                    .map(time -> Instant.ofEpochMilli(time.toEpochMilli()));
        } catch (RuntimeException e) {
            throw new Fields.Bad(field + " is no time");
        }
    }

    private static Set<String> leftOut(ObjectNode object) {
        return LEFT_OUT.stream().filter(field -> says(object.path(field))).collect(Collectors.toSet());
    }

    private static boolean says(JsonNode value) {
        return !value.isMissingNode() && !value.isNull() && !(value.isContainer() && value.isEmpty());
    }

    @Override
    public void close() {
        nodes.close();
    }
}
