package dev.usher.checks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as it goes over the wire.
 *
 * @param target path and query
 */
public record Call(String method, String target, List<Header> headers, byte[] body) {
    public record Header(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    public static Call of(String method, String target) {
        return new Call(method, target, List.of(), new byte[0]);
    }

    public Call with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Call(method, target, List.copyOf(more), body);
    }

    public Call without(String name) {
        return new Call(
                method, target, headers.stream().filter(one -> !one.is(name)).toList(), body);
    }

    public Call with(byte[] content) {
        return new Call(method, target, headers, content);
    }

    public Optional<String> header(String name) {
        return headers.stream().filter(one -> one.is(name)).map(Header::value).findFirst();
    }

    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** The verb that is meant: browsers send PUT, PATCH and DELETE as POST, to stay clear of preflights. */
    public String verb() {
        if (!method.equals("POST")) return method;
        for (String pair : query().split("&")) if (pair.startsWith("_method=")) return pair.substring(8);
        return method;
    }

    /** Whether a server with a secret key is calling, which means the Backend API. */
    boolean isFromServer() {
        return header("authorization")
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("bearer sk_"))
                .isPresent();
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
