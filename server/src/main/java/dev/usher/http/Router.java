package dev.usher.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the handler of a method and a path. A trailing slash is the same path; nothing else is normalised. */
public final class Router {
    /** A handler, the pattern that matched and the values of its parameters. */
    record Match(Handler handler, String pattern, Map<String, String> params) {}

    private static final class Node {
        final Map<String, Node> children = new HashMap<>();
        final Map<String, Handler> handlers = new HashMap<>();

        @Nullable
        Node any;

        String param = "";
        String pattern = "";
    }

    private final Node root = new Node();

    /** Adds an operation; a segment in braces is a parameter. */
    public Router add(String method, String pattern, Handler handler) {
        Node node = root;
        for (String segment : segments(pattern)) node = child(node, segment);
        if (node.handlers.put(method, handler) != null)
            throw new IllegalStateException(method + " " + pattern + " twice");
        node.pattern = pattern;
        return this;
    }

    private static Node child(Node node, String segment) {
        if (!segment.startsWith("{")) return node.children.computeIfAbsent(segment, name -> new Node());
        String name = segment.substring(1, segment.length() - 1);
        if (node.any == null) node.any = new Node();
        if (!node.any.param.isEmpty() && !node.any.param.equals(name))
            throw new IllegalStateException("one place, two names: " + node.any.param + ", " + name);
        node.any.param = name;
        return node.any;
    }

    /** The operation, or empty when the path or the method has none. */
    Optional<Match> find(String method, String path) {
        Map<String, String> params = new LinkedHashMap<>();
        Node node = root;
        for (String segment : segments(path)) {
            Node next = node.children.get(segment);
            if (next == null) {
                next = node.any;
                if (next == null || segment.isEmpty()) return Optional.empty();
                params.put(next.param, decoded(segment));
            }
            node = next;
        }
        Handler handler = node.handlers.get(method);
        return handler == null ? Optional.empty() : Optional.of(new Match(handler, node.pattern, params));
    }

    private static String decoded(String segment) {
        try {
            return segment.indexOf('%') < 0
                    ? segment
                    : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Errors.malformedParameters("The path has a broken percent sign.");
        }
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
        for (int from = 1; from <= end; ) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 || slash > end ? end : slash;
            segments.add(path.substring(from, to));
            from = to + 1;
        }
        return segments;
    }
}
