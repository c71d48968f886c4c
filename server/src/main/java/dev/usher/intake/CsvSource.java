package dev.usher.intake;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.usher.base.Json;
import dev.usher.user.EmailAddress;
import dev.usher.user.ImportedUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The users of a CSV export from Clerk's Dashboard. */
final class CsvSource implements Source {
    private static final Set<String> KNOWN = Set.of(
            "id",
            "first_name",
            "last_name",
            "username",
            "primary_email_address",
            "primary_phone_number",
            "verified_email_addresses",
            "unverified_email_addresses",
            "verified_phone_numbers",
            "unverified_phone_numbers",
            "totp_secret",
            "password_digest",
            "password_hasher");
    private static final Set<String> NAMES =
            Set.of("id", "username", "primary_email_address", "verified_email_addresses", "primary_phone_number");
    private static final int LONGEST_RECORD = 1 << 20;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final CloseableIterator<NamedCsvRecord> records;
    private final Naming naming;
    private final boolean testMode;
    private long line = 1;

    CsvSource(InputStream in, Naming naming, boolean testMode) {
        this.records = CsvReader.builder()
                .maxBufferSize(LONGEST_RECORD)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(reader(in))
                .iterator();
        this.naming = naming;
        this.testMode = testMode;
    }

    private static InputStreamReader reader(InputStream in) {
        try {
            PushbackInputStream marked = new PushbackInputStream(in, BYTE_ORDER_MARK.length);
            byte[] start = marked.readNBytes(BYTE_ORDER_MARK.length);
            if (!java.util.Arrays.equals(start, BYTE_ORDER_MARK)) marked.unread(start);
            return new InputStreamReader(
                    marked,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
        } catch (IOException e) {
            throw new UncheckedIOException("the file cannot be read", e);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (CsvParseException | UncheckedIOException e) {
            throw new BrokenFile("the file is no CSV in UTF-8 after line " + line + ": " + e.getMessage());
        }
    }

    private NamedCsvRecord record() {
        try {
            NamedCsvRecord record = records.next();
            line = record.getStartingLineNumber();
            return record;
        } catch (CsvParseException | UncheckedIOException e) {
            throw new BrokenFile("the file is no CSV in UTF-8 after line " + line + ": " + e.getMessage());
        }
    }

    @Override
    public void skip(long count) {
        for (long i = 0; i < count && hasNext(); i++) record();
    }

    @Override
    public Entry next() {
        NamedCsvRecord record = record();
        Set<String> columns = Set.copyOf(record.getHeader());
        if (columns.stream().noneMatch(NAMES::contains))
            throw new BrokenFile("the first line names no column of a Clerk export, such as " + new TreeSet<>(NAMES));
        Optional<String> id = field(record, "id");
        try {
            if (record.getFieldCount() != record.getHeader().size())
                throw new Fields.Bad("the record has " + record.getFieldCount() + " fields, the first line "
                        + record.getHeader().size());
            Optional<String> totpSecret = Fields.totpSecret(field(record, "totp_secret"));
            return new Entry.Readable(line, id, user(record, id), totpSecret, leftOut(record));
        } catch (Fields.Bad e) {
            return new Entry.Refused(line, id, e.reason());
        }
    }

    private ImportedUser user(NamedCsvRecord record, Optional<String> id) throws Fields.Bad {
        Naming.Ids ids = naming.ids(id, Optional.empty());
        ImportedUser user = new ImportedUser(
                ids.id(),
                Fields.externalId(ids.externalId()),
                Fields.username(field(record, "username")),
                Fields.name("first_name", field(record, "first_name")),
                Fields.name("last_name", field(record, "last_name")),
                Fields.emailAddresses(identifiers(record, "email_address", "es")),
                Fields.phoneNumbers(identifiers(record, "phone_number", "s"), testMode),
                Fields.password(field(record, "password_hasher"), field(record, "password_digest")),
                Json.object(),
                Json.object(),
                Json.object(),
                false,
                Optional.empty(),
                Optional.empty());
        return Identified.required(user);
    }

    /** The primary one counts as verified unless it stands among the unverified ones. */
    private static List<ImportedUser.Identifier> identifiers(NamedCsvRecord record, String kind, String plural) {
        List<String> unverified = list(record, "unverified_" + kind + plural);
        List<ImportedUser.Identifier> all = new ArrayList<>();
        field(record, "primary_" + kind)
                .ifPresent(text -> all.add(new ImportedUser.Identifier(text, !unverified.contains(text))));
        list(record, "verified_" + kind + plural).forEach(text -> all.add(new ImportedUser.Identifier(text, true)));
        unverified.forEach(text -> all.add(new ImportedUser.Identifier(text, false)));
        return all;
    }

    private static List<String> list(NamedCsvRecord record, String column) {
        Optional<String> whole = field(record, column);
        if (whole.flatMap(EmailAddress::normalized).isPresent()) return List.of(whole.get());
        String separators = column.contains("phone") ? "[|,;]" : "[|,;\\s]";
        return whole.stream()
                .flatMap(text -> Stream.of(text.split(separators, -1)))
                .flatMap(text -> Fields.text(text).stream())
                .toList();
    }

    private static Optional<String> field(NamedCsvRecord record, String column) {
        return record.findField(column).flatMap(Fields::text);
    }

    private static Set<String> leftOut(NamedCsvRecord record) {
        return record.getHeader().stream()
                .filter(column -> !KNOWN.contains(column))
                .filter(column -> field(record, column).isPresent())
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the file cannot be closed", e);
        }
    }
}
