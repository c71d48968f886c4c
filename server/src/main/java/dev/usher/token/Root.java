package dev.usher.token;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a shortcode may speak of: the word before its first dot. */
enum Root {
    USER,
    ORG,
    ORG_MEMBERSHIP,
    SESSION,
    SOURCE;

    /** The root of that name; another word is none, and its shortcode stays as it is written. */
    static Optional<Root> of(String word) {
        return Stream.of(values()).filter(root -> root.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
