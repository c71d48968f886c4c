package dev.usher.picture;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The picture of who has none: initials on a colour, both told by its address. Published clients know one by the words
 * {@code avatar_placeholder} in it, and do not offer to remove it.
 */
public final class Placeholder {
    static final String PATH = "/images/avatar_placeholder/";
    private static final int MOST_INITIALS = 2;
    private static final String[] COLOURS = {
        "4f46e5", "0f766e", "b45309", "be185d", "4d7c0f", "1d4ed8", "7e22ce", "b91c1c"
    };

    private Placeholder() {}

    /**
     * The address of the placeholder.
     *
     * @param name of which the first letters of the first two words are shown
     * @param id which makes the colour
     */
    public static String url(String origin, String name, String id) {
        String initials = name.strip().isEmpty()
                ? ""
                : Arrays.stream(name.strip().split("\\s+"))
                        .map(word -> word.codePointAt(0))
                        .filter(Character::isLetterOrDigit)
                        .limit(MOST_INITIALS)
                        .map(Character::toUpperCase)
                        .map(Character::toString)
                        .collect(Collectors.joining());
        int colour = Math.floorMod(id.hashCode(), COLOURS.length);
        return origin + PATH + colour + URLEncoder.encode(initials, StandardCharsets.UTF_8);
    }

    /** The placeholder of that name, as SVG; empty when it is none. */
    static Optional<String> svg(String name) {
        int colour = name.isEmpty() ? -1 : name.charAt(0) - '0';
        String initials = name.isEmpty() ? "" : name.substring(1);
        boolean wellFormed = colour >= 0
                && colour < COLOURS.length
                && initials.codePoints().allMatch(Character::isLetterOrDigit)
                && initials.codePoints().count() <= MOST_INITIALS;
        return wellFormed
                ? Optional.of(
                        SVG.formatted(COLOURS[colour], initials.isEmpty() ? SILHOUETTE : TEXT.formatted(initials)))
                : Optional.empty();
    }

    private static final String SVG = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80" width="80" height="80"><rect width="80" height="80" \
            fill="#%s"/>%s</svg>
            """;
    private static final String TEXT = """
            <text x="40" y="40" dy=".35em" fill="#fff" font-family="system-ui,sans-serif" font-size="32" \
            text-anchor="middle">%s</text>""";
    private static final String SILHOUETTE = """
            <g fill="#fff"><circle cx="40" cy="31" r="14"/><path d="M14 72a26 22 0 0 1 52 0z"/></g>""";
}
